// Text that waits behind a closed editor is told on the link that opens it; after a month it is let go.

import { OPENER } from './htmx-bridge.js';
import { FORMS, keyOf, prefix } from './draft.js';
import { drop, kept, keysUnder } from './store.js';
import { _, moment } from './words.js';

const MONTH = 30 * 24 * 3600 * 1000;

export function markOpeners() {
  const shown = [...document.querySelectorAll(FORMS)].map(keyOf);
  for (const link of document.querySelectorAll('[data-unsaved]')) delete link.dataset.unsaved;
  for (const key of keysUnder(prefix())) {
    const { at, page } = kept(key) ?? {};
    if (!(at > Date.now() - MONTH)) drop(key);
    else if (!shown.includes(key)) mark(page, _('Unsaved text from {time}', { time: moment(at) }));
  }
}

function mark(page, words) {
  for (const link of document.querySelectorAll(OPENER)) {
    if (link.getAttribute('href') === page) link.dataset.unsaved = words;
  }
}
