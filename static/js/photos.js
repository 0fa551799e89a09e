// Photos from a phone: shown before they are sent, made smaller so that they arrive on a weak connection, several
// shots in a row kept together. What the browser cannot read is sent as it is; the server re-encodes all.

import { onSwap } from './htmx-bridge.js';
import { _, element } from './words.js';

const SIDE = 2000;
const SMALL = 1_500_000;
const INPUT = 'input[type="file"][data-photos]';
const chosen = new WeakMap();
const making = new WeakMap();

async function smaller(file) {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    if (scale === 1 && file.size < SMALL && /jpeg|png|webp/.test(file.type)) return file;
    const canvas = element('canvas', { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
    const paint = canvas.getContext('2d');
    paint.fillStyle = 'white';
    paint.fillRect(0, 0, canvas.width, canvas.height);
    paint.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], `${file.name.replace(/\.\w+$/, '')}.jpg`, { type: 'image/jpeg', lastModified: file.lastModified });
  } catch {
    return file;
  }
}

const size = (bytes) => new Intl.NumberFormat(document.documentElement.lang || 'en', {
  style: 'unit', unit: bytes < 1e6 ? 'kilobyte' : 'megabyte', maximumFractionDigits: 1,
}).format(bytes / (bytes < 1e6 ? 1e3 : 1e6));

function show(input, files) {
  const bag = new DataTransfer();
  files.forEach((file) => bag.items.add(file));
  input.files = bag.files;
  chosen.set(input, files);
  const list = document.querySelector(`[data-photos-for="${CSS.escape(input.id)}"]`);
  list?.replaceChildren(...files.map((file, at) => {
    const image = element('img', { src: URL.createObjectURL(file), alt: '' });
    image.addEventListener('load', () => URL.revokeObjectURL(image.src));
    image.addEventListener('error', () => image.remove());
    const away = element('button', { type: 'button', 'aria-label': _('Leave out {name}', { name: file.name }) }, '×');
    away.addEventListener('click', () => { show(input, files.toSpliced(at, 1)); input.focus(); });
    return element('li', {}, image, element('span', {}, `${file.name} · ${size(file.size)}`), away);
  }));
}

document.addEventListener('change', ({ target: input }) => {
  if (!input.matches(INPUT)) return;
  const fresh = [...input.files];
  const all = Promise.all(fresh.map(smaller)).then((files) => {
    show(input, input.multiple ? [...(chosen.get(input) ?? []), ...files] : files);
    making.delete(input.form);
  });
  making.set(input.form, all);
});
document.addEventListener('submit', (event) => {
  const { target, submitter } = event;
  if (!making.has(target)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  making.get(target).then(() => target.requestSubmit(submitter));
}, true);
const again = (root) => root.querySelectorAll(INPUT).forEach((input) => show(input, [...input.files]));
document.addEventListener('reset', ({ target }) => setTimeout(again, 0, target));
onSwap(({ roots }) => roots.forEach(again));
