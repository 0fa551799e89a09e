// Two people, one text: a form stays on the version that its text was typed on, whatever is put around it meanwhile.
// The server then sees that somebody was faster and shows both texts; it must never look as if nobody was.

import { hasText } from './fields.js';

const typedOn = new WeakMap();
const served = new WeakMap();

const version = (form) => form.elements.namedItem('version');

export const versionOf = (form) => typedOn.get(form);

/** Typing begins, on the version that is on the page or on the one that a draft remembers. */
export function startVersion(form, seen = version(form)?.value) {
  if (!seen || !version(form) || typedOn.has(form)) return;
  typedOn.set(form, seen);
  served.set(form, version(form).value);
}

/** The part around the form was replaced. */
export function holdVersion(form) {
  if (!typedOn.has(form) || !version(form)) return;
  if (!hasText(form)) return typedOn.delete(form);
  if (version(form).value !== typedOn.get(form)) served.set(form, version(form).value);
  version(form).value = typedOn.get(form);
}

/** The server has answered this very form: its version is the one to go on with. */
export const takeVersion = (form) => typedOn.delete(form);

/** What was typed is given up: back to what the server rendered last. */
export function leaveVersion(form) {
  if (typedOn.delete(form)) version(form).value = served.get(form);
}
