// Runs at the top of the body, before anything is drawn, so that what needs scripts (menus, opened questions) does not jump.
document.body.className += ' js-enabled' + ('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '');
