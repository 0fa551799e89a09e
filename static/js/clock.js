// The quiet clock of a coaching cycle: seconds since the server rendered it, added to what had passed by then.

import { onSwap } from './htmx-bridge.js';

const two = (number) => String(number).padStart(2, '0');
const told = (seconds) => `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
const rendered = new WeakMap();

function tick() {
  for (const clock of document.querySelectorAll('[data-clock]')) {
    const key = `${clock.dataset.seconds} ${clock.dataset.stayed}`;
    if (rendered.get(clock)?.key !== key) rendered.set(clock, { key, at: performance.now() });
    const passed = Math.round((performance.now() - rendered.get(clock).at) / 1000);
    show(clock.querySelector('[data-whole]'), Number(clock.dataset.seconds) + passed);
    show(clock.querySelector('[data-here]'), Number(clock.dataset.stayed) + passed);
  }
}

function show(place, seconds) {
  if (place) place.textContent = told(seconds);
}

onSwap(tick);
setInterval(tick, 1000);
tick();
