// Saves a long form to the server as it is typed. The words on the page are never touched.
//
// <form data-autosave-url="/assessments/x/sections/y/draft/">   the whole form is posted there
// <p data-autosave-status role="status">                         says what has happened
//
// The answer is JSON: {"saved_at": "10:42am", "version": 3}. A 409 means that someone else has saved a newer text.

const AFTER_TYPING = 2000; // milliseconds after the last key
const AT_LEAST_EVERY = 15000; // milliseconds while there is something to save

class Autosave {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.autosaveUrl;
    this.status = form.querySelector('[data-autosave-status]') || document.querySelector('[data-autosave-status]');
    this.changed = 0; // counts changes
    this.saved = 0; // the count that the last good save had taken in
    this.sending = false;
    this.stopped = false;
    this.leaving = false;
    form.addEventListener('input', () => this.touch());
    form.addEventListener('change', () => this.touch());
    form.addEventListener('submit', () => {
      this.leaving = true;
      clearTimeout(this.timer);
    });
    setInterval(() => this.save(), AT_LEAST_EVERY);
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.save({ keepalive: true });
      else this.leaving = false;
    });
    window.addEventListener('pageshow', () => { this.leaving = false; });
    window.addEventListener('online', () => this.save());
    window.addEventListener('beforeunload', (event) => {
      if (this.unsaved() && !this.leaving) {
        this.save({ keepalive: true });
        event.preventDefault();
      }
    });
  }

  unsaved() {
    return this.changed > this.saved;
  }

  touch() {
    this.changed += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), AFTER_TYPING);
  }

  say(words, tone) {
    if (!this.status || this.status.textContent === words) return;
    this.status.textContent = words;
    this.status.classList.toggle('app-tick', tone === 'good');
    this.status.classList.toggle('app-when--late', tone === 'bad');
  }

  async save({ keepalive = false } = {}) {
    if (!this.unsaved() || this.sending || this.stopped || this.leaving) return;
    const taken = this.changed;
    const body = new FormData(this.form);
    for (const [name, value] of [...body.entries()]) if (value instanceof File) body.delete(name);
    this.sending = true;
    try {
      const response = await fetch(this.url, {
        method: 'POST',
        body,
        credentials: 'same-origin',
        keepalive,
        redirect: 'manual',
        headers: {
          Accept: 'application/json',
          'X-CSRFToken': body.get('csrfmiddlewaretoken') || '',
          'X-Requested-With': 'XMLHttpRequest',
        },
      });
      await this.read(response, taken);
    } catch {
      this.say('Not saved: the service cannot be reached. Your words are still on this page and we keep trying.', 'bad');
    } finally {
      this.sending = false;
    }
  }

  async read(response, taken) {
    if (response.ok) {
      const answer = await response.json().catch(() => ({}));
      this.saved = taken;
      const version = this.form.elements.namedItem('version');
      if (version && answer.version !== undefined) version.value = answer.version;
      document.dispatchEvent(new CustomEvent('caseportal:session-renewed'));
      this.say(`Saved at ${answer.saved_at || clockTime(new Date())}`, 'good');
    } else if (response.status === 409) {
      this.stopped = true;
      this.say('Not saved: someone else has changed this since you opened it. Your words are still on this page. Press save to see both.', 'bad');
    } else if (response.type === 'opaqueredirect' || response.status === 401 || response.status === 403) {
      this.say('Not saved: you are signed out or may no longer change this. Your words are still on this page. Sign in again in another tab.', 'bad');
    } else if (response.status === 400 || response.status === 422) {
      const answer = await response.json().catch(() => ({}));
      this.say(answer.reason || 'Not saved yet: an answer needs another look. Press save to see which.', 'bad');
    } else {
      this.say('Not saved yet. Your words are still on this page and we keep trying.', 'bad');
    }
  }
}

function clockTime(moment) {
  const hours = moment.getHours();
  const minutes = String(moment.getMinutes()).padStart(2, '0');
  return `${hours % 12 || 12}:${minutes}${hours < 12 ? 'am' : 'pm'}`;
}

export function initAutosave() {
  for (const form of document.querySelectorAll('form[data-autosave-url]')) new Autosave(form);
}
