// When no answer comes, the page says what happened, what was kept and what to do next; nothing typed is touched.

import { onFailure, onSwap } from './htmx-bridge.js';
import { hasText } from './fields.js';
import { _, element } from './words.js';

const happened = {
  offline: () => _('There is no connection to the server.'),
  busy: () => _('The server could not take this just now.'),
  expired: () => _('You have been signed out.'),
  refused: (status) => {
    if (status === 413) return _('This is too large to send.');
    if (status === 403 || status === 404) return _('This is gone, or is not open to you.');
    return _('The server did not accept this. Load the page again, then try once more.');
  },
};
let last;

function keptOf(form) {
  if (!form || !hasText(form)) return '';
  const safe = document.body.dataset.person && form.matches('[data-draft]:not([data-unkept])');
  return safe ? _('Your text is kept in this browser.') : _('Your text is still in the form.');
}

function again() {
  const { form, source, submitter } = last;
  if (source.matches('form')) form.requestSubmit(submitter?.form === form ? submitter : null);
  else source.click();
}

function tell(record, kind) {
  const problem = document.getElementById('problem');
  const quiet = record.source.closest('#go') || (record.source === document.body && kind !== 'expired');
  if (!problem || quiet) return;
  last = { ...record, kind };
  const again = element('button', { type: 'button', 'data-again': '' }, _('Try again'));
  // The server may have said it in words of its own.
  if (record.roots?.includes(problem)) return kind === 'busy' && problem.append(again);
  const next = encodeURIComponent(location.pathname + location.search);
  const signIn = element('a', { href: `/sign-in?next=${next}` }, _('Sign in again'));
  const words = [happened[kind](record.status), keptOf(record.form)].join(' ');
  problem.replaceChildren(element('p', {}, words), kind === 'expired' ? signIn : again);
}

function clear({ source, status }) {
  if (!last || status >= 400 || (source !== last.source && last.kind !== 'refused')) return;
  last = null;
  document.getElementById('problem')?.replaceChildren();
}

onFailure(tell);
onSwap(clear);
document.addEventListener('click', ({ target }) => last && target.closest('[data-again]') && again());

// A plain form would be lost to the browser's own error page. "Offline" may be wrong where the server is this machine.
let reached;
document.addEventListener('submit', async (event) => {
  const { target: form, submitter } = event;
  if (navigator.onLine || event.defaultPrevented || form === reached || form.method === 'dialog') return;
  event.preventDefault();
  reached = await fetch('/healthz', { method: 'HEAD', cache: 'no-store' }).then(() => form, () => null);
  if (reached) form.requestSubmit(submitter);
  else tell({ source: form, form, submitter }, 'offline');
  reached = null;
});
