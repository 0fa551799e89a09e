// One draft: the text of a form that the server has not said saved, kept in this browser under the person's name,
// with the version that it was typed on.

import { isChanged, named, put, renderedIn, valueOf } from './fields.js';
import { drop, keep, kept } from './store.js';
import { holdVersion, leaveVersion, startVersion, versionOf } from './version.js';
import { moment } from './words.js';

export const FORMS = 'form[data-draft]';
export const prefix = () => `kata:draft:${document.body.dataset.person}:`;
export const keyOf = (form) => prefix() + form.dataset.draft;
const pages = new WeakMap();

/** The address at which the form can be had again. */
export const openedAt = (form, page) => pages.set(form, page);

export function save(form) {
  const changed = named(form).filter(([, field]) => isChanged(field));
  if (!changed.length) return drop(keyOf(form));
  startVersion(form);
  const fields = Object.fromEntries(changed.map(([name, field]) => [name, valueOf(field)]));
  const draft = { fields, at: Date.now(), version: versionOf(form), page: pages.get(form) ?? location.pathname };
  form.toggleAttribute('data-unkept', !keep(keyOf(form), draft));
}

/** Shows when the returned text was typed, or hides the note. */
export function note(form, at) {
  form.toggleAttribute('data-restored', Boolean(at));
  const shown = form.querySelector('[data-draft-note]');
  if (shown) shown.hidden = !at;
  const time = at && shown?.querySelector('[data-draft-at]');
  if (time) time.textContent = moment(at);
}

/** Brings the text back into the fields that still are as the server rendered them. */
export async function restore(form, draft = kept(keyOf(form))) {
  if (!draft || form.hasAttribute('data-conflict')) return;
  if (form.querySelector('[data-rows]')) (await import('./rows.js')).growRows(form, Object.keys(draft.fields));
  const open = named(form).filter(([name, field]) => name in draft.fields && !isChanged(field));
  const missing = open.filter(([name, field]) => valueOf(field) !== draft.fields[name]);
  if (!missing.length) return;
  for (const [name, field] of missing) put(field, draft.fields[name]);
  startVersion(form, draft.version);
  holdVersion(form);
  openedAt(form, draft.page);
  note(form, draft.at);
}

/** Takes the text away; the answer is a function that brings it back. */
export function discard(form) {
  const draft = { ...kept(keyOf(form)), fields: {} };
  for (const [name, field] of named(form)) {
    if (isChanged(field)) draft.fields[name] = valueOf(field);
    put(field, renderedIn(field));
  }
  leaveVersion(form);
  drop(keyOf(form));
  note(form);
  return () => keep(keyOf(form), draft) && restore(form, draft);
}
