// − and + around a number, for a thumb: the field stays an ordinary text field that also takes a comma.

const COMMA = (1.5).toLocaleString(document.documentElement.lang || 'en').includes(',');

function step(input, by) {
  const comma = input.value.includes(',') || (!input.value.includes('.') && COMMA);
  const now = Number(input.value.trim().replace(',', '.') || 0);
  if (Number.isNaN(now)) return;
  const { step: size = '1', min = -Infinity, max = Infinity } = input.dataset;
  const digits = Math.max(...[size, String(now)].map((each) => (each.split('.')[1] ?? '').length));
  const next = Math.min(Number(max), Math.max(Number(min), now + by * Number(size))).toFixed(digits);
  input.value = comma ? next.replace('.', ',') : next;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

document.addEventListener('click', ({ target }) => {
  const button = target.closest('[data-stepper] [data-by]');
  const input = button?.closest('[data-stepper]').querySelector('input');
  if (input) step(input, Number(button.dataset.by));
});

document.addEventListener('keydown', (event) => {
  if (!event.target.matches('[data-stepper] input') || !/^Arrow(Up|Down)$/.test(event.key)) return;
  event.preventDefault();
  step(event.target, event.key === 'ArrowUp' ? 1 : -1);
});
