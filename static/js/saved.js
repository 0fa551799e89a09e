// People trust the page when it says that their text is saved, and when.

import { _, moment } from './words.js';

/** Says a short thing in the page's status line; the same words said twice are seen and read out twice. */
export function say(text) {
  const line = document.getElementById('saved');
  if (!line) return;
  line.textContent = '';
  setTimeout(() => { line.textContent = text; }, 50);
}

// The answer mostly brings the line itself, worded in the reader's time zone.
document.addEventListener('kata:saved', () => {
  say(document.getElementById('saved')?.textContent.trim() || _('Saved {time}', { time: moment(Date.now()) }));
});
