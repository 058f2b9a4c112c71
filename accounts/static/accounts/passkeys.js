// Shows what needs passkeys only where the browser has them, and says in words when one could not be used.
(function () {
  const able = Boolean(window.PublicKeyCredential && navigator.credentials);

  document.addEventListener('DOMContentLoaded', function () {
    if (!able) return;
    document.querySelectorAll('[data-needs-passkeys]').forEach(function (part) { part.hidden = false; });
  });

  document.addEventListener('allauth.error', function (event) {
    event.preventDefault();
    const name = event.detail.exception && event.detail.exception.name;
    const words = name === 'NotAllowedError'
      ? 'The passkey was not used. Try again, or use another way.'
      : 'The passkey could not be used on this device. Use another way.';
    document.querySelectorAll('[data-passkey-problem]').forEach(function (place) { place.textContent = words; });
  });
})();
