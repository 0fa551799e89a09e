// Every thing has an address that can be handed to a colleague: data-copy="#id" copies it and says so.

import { say } from './saved.js';
import { _ } from './words.js';

/** What the element holds (a field, a link, an address written out), else the address of its place on this page. */
function addressOf(selector) {
  const named = document.querySelector(selector);
  const text = named?.value ?? named?.href ?? named?.textContent.trim();
  return /^[a-z]+:\/\/\S+$/i.test(text) ? text : new URL(selector, location).href;
}

/** Pages served without https have no clipboard: the text is then put into the field and copied the old way. */
function copyByHand(text) {
  const field = document.createElement('textarea');
  field.value = text;
  const from = document.activeElement;
  from.after(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  from.focus();
  return done;
}

document.addEventListener('click', async ({ target }) => {
  const button = target.closest('[data-copy]');
  if (!button) return;
  const text = addressOf(button.dataset.copy);
  const done = await (navigator.clipboard?.writeText(text) ?? Promise.reject()).then(() => true, () => copyByHand(text));
  say(done ? _('Address copied') : _('This browser does not copy. The address: {address}', { address: text }));
});
