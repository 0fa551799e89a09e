// A form is sent once, and afterwards shows what the server holds: a morphing swap alone would leave the sent text in
// a field that the server has emptied.

import { onDone, onSend, onSwap } from './htmx-bridge.js';
import { fieldsOf, put, settle, valueOf } from './fields.js';

const sending = new WeakSet();
const sent = new WeakSet();

/** Another text is another submission: the server carries out each `once` a single time. */
function renew(form) {
  const once = form.elements.namedItem('once');
  const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
  if (once) once.value = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

document.addEventListener('input', ({ target }) => {
  if (sent.delete(target.form)) renew(target.form);
});

document.addEventListener('submit', (event) => {
  if (!sending.has(event.target)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

document.addEventListener('submit', (event) => setTimeout(() => {
  if (event.defaultPrevented || event.target.method !== 'post') return;
  sending.add(event.target);
  setTimeout(() => sending.delete(event.target), 8000);
}));
addEventListener('pageshow', () => [...document.forms].forEach((form) => sending.delete(form)));

const isForm = ({ source, post }) => post && source.matches('form');

onSend((record) => {
  if (!isForm(record)) return;
  sending.add(record.source);
  record.source.setAttribute('aria-busy', 'true');
  sent.add(record.source);
  record.values = new Map(fieldsOf(record.source).map((field) => [field, valueOf(field)]));
});

onDone((record) => {
  if (!isForm(record)) return;
  sending.delete(record.form);
  record.form.removeAttribute('aria-busy');
});

onSwap(({ form, roots, values, status }) => {
  if (!values || status >= 400 || !form.isConnected) return;
  const replaced = roots.some((root) => root.contains(form));
  const typedSince = fieldsOf(form).filter((field) => values.has(field) && valueOf(field) !== values.get(field));
  const later = typedSince.map((field) => [field, valueOf(field)]);
  if (replaced || form.hasAttribute('data-clear')) form.reset();
  else fieldsOf(form).forEach(settle);
  if (!replaced) renew(form);
  for (const [field, value] of later) put(field, value);
});
