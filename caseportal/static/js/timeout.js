// Warns before a session ends for want of use. Without scripts the session simply ends, and drafts are kept.

const dialog = document.getElementById('session-warning');

if (dialog && typeof dialog.showModal === 'function') {
  const minute = 60000;
  // The server notes use once a minute, so it may count up to a minute more than this page does.
  const idle = (Number(dialog.dataset.sessionMinutes) - 1) * minute;
  const warn = Number(dialog.dataset.sessionWarnMinutes) * minute;
  const left = dialog.querySelector('[data-session-left]');
  // Tabs of one browser share a session: each tells the others when it has heard from the server.
  const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('caseportal-session') : null;
  let ends = 0;
  let announced = '';
  let typed = false;

  const renew = (tell) => {
    ends = Date.now() + idle;
    announced = '';
    if (dialog.open) dialog.close();
    if (tell && tabs) tabs.postMessage('renewed');
  };

  const announce = (words) => {
    if (words === announced) return; // once a minute, not once a second
    announced = words;
    left.textContent = words;
  };

  const stay = async () => {
    try {
      // A page that says nothing about anyone; asking for it counts as use.
      const answer = await fetch(dialog.dataset.sessionExtendUrl, { credentials: 'same-origin', redirect: 'manual' });
      if (answer.ok) renew(true);
      else announce('You have already been signed out. Copy your words before you leave this page.');
    } catch {
      announce('The service cannot be reached. Copy your words before you leave this page.');
    }
  };

  const look = () => {
    const remaining = ends - Date.now();
    if (remaining > warn) return;
    if (remaining > 0) {
      if (!dialog.open) dialog.showModal();
      const minutes = Math.ceil(remaining / minute);
      announce(`You will be signed out in ${minutes === 1 ? 'less than a minute' : `${minutes} minutes`}.`);
    } else if (typed) {
      // Words typed into a page are never thrown away.
      announce('You have been signed out. Copy your words before you leave this page, then sign in again.');
    } else {
      // A page without any gives way, so that no record stays in sight.
      window.location.assign(dialog.dataset.sessionEndedUrl);
    }
  };

  dialog.querySelector('[data-session-stay]').addEventListener('click', stay);
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    stay();
  });
  document.addEventListener('input', () => { typed = true; });
  document.addEventListener('caseportal:session-renewed', () => renew(true));
  if (tabs) tabs.addEventListener('message', () => renew(false));
  renew(true);
  setInterval(look, 1000);
}
