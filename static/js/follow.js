// What shows the work of others keeps itself up to date: each follower asks its address every so often, rests while
// nobody can see it, and waits longer while the server is away.

import { load, onDone, onSwap } from './htmx-bridge.js';

const waits = new Map();
let misses = 0;

const followers = () => [...document.querySelectorAll('[data-follow]')];
const nameOf = (follower) => follower.id || 'page';

function next(follower) {
  const every = Number(follower.dataset.every || 20) * 1000;
  clearTimeout(waits.get(nameOf(follower)));
  waits.set(nameOf(follower), setTimeout(look, Math.min(every * 2 ** misses, 300_000), nameOf(follower)));
}

/** The address says since when; a replaced part of the page may carry a later data-since. */
function address(follower) {
  const url = new URL(follower.dataset.follow, location);
  const since = follower === document.body && document.querySelector('[data-since]')?.dataset.since;
  if (since) url.searchParams.set('since', since);
  return url.pathname + url.search;
}

async function look(name) {
  const follower = followers().find((each) => nameOf(each) === name);
  waits.delete(name);
  if (!follower) return;
  if (!document.hidden) await load(address(follower)).catch(() => {});
  followers().filter((each) => nameOf(each) === name).forEach(next);
}

/** What is to be followed may have come with a swapped part; one that waits already goes on waiting. */
function take() {
  followers().filter((each) => !waits.has(nameOf(each))).forEach(next);
}

onDone(({ source, status, post }) => {
  if (post || source !== document.body) return;
  misses = status && status < 500 ? 0 : Math.min(misses + 1, 4);
  document.body.toggleAttribute('data-unreached', misses > 0);
});
document.addEventListener('visibilitychange', () => !document.hidden && followers().map(nameOf).forEach(look));
onSwap(take);
take();
