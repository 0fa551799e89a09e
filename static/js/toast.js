// Undo instead of confirm: the offer stays long enough to be read, and as long as someone is at it.

import { onSwap } from './htmx-bridge.js';
import { element } from './words.js';

const STAY = 12_000;
let left = 0;

const toast = () => document.getElementById('toast');
const empty = () => toast().replaceChildren();
const isHeld = () => document.hidden || toast().matches(':hover, :focus-within');
const start = () => { left = toast()?.childElementCount ? STAY : 0; };

/** Shows a message with one thing that can be done about it. */
export function offer(text, label, act) {
  const button = element('button', { type: 'button' }, label);
  button.addEventListener('click', () => {
    empty();
    act();
  });
  toast()?.replaceChildren(element('p', {}, text), button);
  start();
}

setInterval(() => {
  if (!left || isHeld()) return;
  left = Math.max(0, left - 1000);
  if (!left) empty();
}, 1000);
document.addEventListener('click', ({ target }) => target.closest('[data-toast-close]') && empty());
onSwap(({ roots }) => roots.some((root) => root.contains(toast())) && start());
start();
