// Leaving warns only where text would be lost: a form marked data-guard, or a draft that storage refused.

import { flush } from './drafts.js';
import { hasText } from './fields.js';

let sent;

document.addEventListener('submit', ({ target }) => { sent = target; });
document.addEventListener('input', () => { sent = null; });
addEventListener('beforeunload', (event) => {
  flush();
  const lost = (form) => form !== sent && form.matches('[data-guard], [data-unkept]') && hasText(form);
  if ([...document.forms].some(lost)) event.preventDefault();
});
