// The one script of the page. Each habit is a module of its own, driven by data attributes on the server's markup and
// listening on the document, so that it also works in parts that come later. What few pages need is fetched there.

import './forms.js';
import './saved.js';
import './dialogs.js';
import './keys.js';
import './drafts.js';
import './leave.js';
import './focus.js';
import './offline.js';
import { onSwap } from './htmx-bridge.js';

const whenSeen = {
  '[data-rows]': 'rows-input',
  '[data-sortable]': 'sort',
  '[data-wording]': 'hints',
  '[data-wording=obstacle], [data-wording=step]': 'tried',
  '[data-stepper]': 'stepper',
  '[data-photos]': 'photos',
  '[data-copy]': 'copy',
  '[data-follow]': 'follow',
  '[data-find-point]': 'point',
  '[data-clock]': 'clock',
};

function look() {
  const seen = Object.keys(whenSeen).filter((selector) => document.querySelector(selector));
  return Promise.allSettled(seen.map((selector) => import(`./${whenSeen[selector]}.js`)));
}

onSwap(look);

// What waits to be touched, or to be named by the address.
const whenTouched = { '#go': 'command', '[data-chart]': 'chart' };

function touch(target) {
  const meant = Object.keys(whenTouched).find((selector) => target?.closest?.(selector));
  if (meant) import(`./${whenTouched[meant]}.js`).catch(() => {});
}

const named = () => touch(document.getElementById(location.hash.slice(1)));
for (const type of ['focusin', 'pointerover']) document.addEventListener(type, ({ target }) => touch(target));
window.addEventListener('hashchange', named);
named();

// Tests and styles may wait for this.
look().then(() => { document.documentElement.dataset.scripted = ''; });
