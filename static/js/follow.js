// A wall screen keeps itself up to date, rests while nobody can see it, and waits longer while the server is away.

import { load, onDone, onSwap } from './htmx-bridge.js';

let wait;
let misses = 0;

function next() {
  const follower = document.querySelector('[data-follow]');
  if (!follower) return;
  const every = Number(follower.dataset.every || 20) * 1000;
  clearTimeout(wait);
  wait = setTimeout(look, Math.min(every * 2 ** misses, 300_000));
}

/** The address says since when; a replaced part may carry a later data-since. */
function address(follower) {
  const url = new URL(follower.dataset.follow, location);
  const since = document.querySelector('[data-since]')?.dataset.since;
  if (since) url.searchParams.set('since', since);
  return url.pathname + url.search;
}

async function look() {
  const follower = document.querySelector('[data-follow]');
  if (follower && !document.hidden) await load(address(follower)).catch(() => {});
  onSwap(next); // what is to be followed may have come with a swapped part
next();
}

onDone(({ source, status, post }) => {
  if (post || source !== document.body) return;
  misses = status && status < 500 ? 0 : Math.min(misses + 1, 4);
  document.body.toggleAttribute('data-unreached', misses > 0);
});
document.addEventListener('visibilitychange', () => !document.hidden && look());
onSwap(next); // what is to be followed may have come with a swapped part
next();
