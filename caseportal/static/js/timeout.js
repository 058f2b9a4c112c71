// Warns before a session ends for want of use. Without scripts the session simply ends, and drafts are kept.

const dialog = document.getElementById('session-warning');

if (dialog && typeof dialog.showModal === 'function') {
  const idle = Number(dialog.dataset.sessionSeconds) * 1000;
  const warn = Number(dialog.dataset.sessionWarn) * 1000;
  const left = dialog.querySelector('[data-session-left]');
  const form = dialog.querySelector('form');
  // Tabs of one browser share a session: each tells the others when it has heard from the server.
  const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('caseportal-session') : null;
  let ends = Date.now() + idle;
  let announced = '';

  const renew = (tell) => {
    ends = Date.now() + idle;
    announced = '';
    if (dialog.open) dialog.close();
    if (tell && tabs) tabs.postMessage('renewed');
  };

  const announce = (milliseconds) => {
    const minutes = Math.ceil(milliseconds / 60000);
    const words = milliseconds > 60000 ? `You will be signed out in ${minutes} minutes.` : 'You will be signed out in less than a minute.';
    if (words === announced) return; // once a minute, not once a second
    announced = words;
    left.textContent = words;
  };

  const stay = async () => {
    const body = new FormData(form);
    try {
      const response = await fetch(dialog.dataset.sessionExtendUrl, {
        method: 'POST',
        body,
        credentials: 'same-origin',
        headers: { Accept: 'application/json', 'X-CSRFToken': body.get('csrfmiddlewaretoken') || '' },
      });
      if (response.ok && !response.redirected) renew(true);
      else left.textContent = 'You have already been signed out. Copy your words before you leave this page.';
    } catch {
      left.textContent = 'The service cannot be reached. Copy your words before you leave this page.';
    }
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    stay();
  });
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    stay();
  });
  if (tabs) tabs.addEventListener('message', () => renew(false));
  renew(true);

  // Autosave renews the session on the server as well.
  document.addEventListener('caseportal:session-renewed', () => renew(true));

  // Words typed into a page are never thrown away; a page without any gives way, so that no record stays in sight.
  let typed = false;
  document.addEventListener('input', () => { typed = true; });

  setInterval(() => {
    const remaining = ends - Date.now();
    if (remaining <= 0) {
      if (!typed && dialog.dataset.sessionEndedUrl) window.location.assign(dialog.dataset.sessionEndedUrl);
      else left.textContent = 'You have been signed out. Copy your words before you leave this page, then sign in again.';
    } else if (remaining <= warn) {
      if (!dialog.open) dialog.showModal();
      announce(remaining);
    }
  }, 1000);
}
