// When drafts are kept, come back and go: never lose a word to a closed tab, an empty battery or an ended session.

import { OPENER, onSend, onSwap, onSwapping } from './htmx-bridge.js';
import * as draft from './draft.js';
import { drop } from './store.js';
import { offer } from './toast.js';
import { markOpeners } from './unsaved.js';
import { holdVersion, startVersion, takeVersion } from './version.js';
import { _ } from './words.js';

const { FORMS } = draft;
const waiting = new Set();
let timer;

const forms = (root = document) => [...(root.matches?.(FORMS) ? [root] : []), ...root.querySelectorAll(FORMS)];

/** Keeps at once what waits for a pause in typing. */
export function flush() {
  clearTimeout(timer);
  waiting.forEach((form) => form.isConnected && draft.save(form));
  waiting.clear();
}

function forget(key) {
  drop(draft.prefix() + key);
  for (const form of forms().filter((each) => each.dataset.draft === key)) {
    waiting.delete(form);
    draft.note(form);
    draft.save(form);
  }
}

function begin() {
  for (const meta of document.querySelectorAll('meta[name="kata-saved"]')) forget(meta.content);
  forms().forEach((form) => draft.restore(form));
  markOpeners();
  document.addEventListener('kata:saved', ({ detail }) => {
    [detail?.draft ?? []].flat().forEach(forget);
    markOpeners();
  });
  document.addEventListener('click', ({ target }) => {
    const form = target.closest('[data-draft-discard]')?.closest(FORMS);
    if (form) offer(_('Your unsaved text is discarded.'), _('Bring it back'), draft.discard(form));
  });
  onSend((record) => { record.draft = record.post && record.form?.dataset.draft; });
  onSend(flush);
  onSwapping(flush);
  onSwap(({ roots, source, draft: own }) => {
    for (const form of roots.flatMap(forms)) {
      if (source.matches(OPENER)) draft.openedAt(form, source.getAttribute('href'));
      if (own === form.dataset.draft) {
        takeVersion(form);
        continue;
      }
      draft.restore(form);
      holdVersion(form);
    }
    markOpeners();
  });
}

document.addEventListener('input', ({ target }) => {
  if (!document.body.dataset.person || !target.form?.matches(FORMS)) return;
  startVersion(target.form);
  waiting.add(target.form);
  clearTimeout(timer);
  timer = setTimeout(flush, 300);
});
document.addEventListener('visibilitychange', flush);
addEventListener('pagehide', flush);
if (document.body.dataset.person) begin();
