// The only module that knows htmx. The others hear of a request, a swap, a failure, an end; one plain record
// describes each request from its start to its end, so that a listener may note something on it and find it again.

const PARTIALS = /<hx-partial\b/i;
const PAGE = /^\s*<(!doctype|html)\b/i;
const records = new WeakMap();

function recordOf(ctx) {
  const record = records.get(ctx) ?? { form: ctx.sourceElement.closest('form') };
  records.set(ctx, record);
  return Object.assign(record, {
    source: ctx.sourceElement,
    submitter: ctx.request.submitter,
    post: ctx.request.method !== 'GET',
    address: ctx.request.action,
    status: ctx.response?.status ?? 0,
  });
}

function hear(name, tell) {
  document.addEventListener(`htmx:${name}`, (event) => {
    const ctx = event.detail?.ctx;
    if (ctx?.request && ctx.sourceElement) tell(recordOf(ctx), ctx, event);
  });
}

const failed = new Set();
const swapping = new Set();
const swapped = new Set();

function fail(record, status) {
  const kind = status === 401 ? 'expired' : status >= 500 || status === 408 || status === 429 ? 'busy' : 'refused';
  failed.forEach((tell) => tell(record, status ? kind : 'offline'));
}

/** An answer that holds no partials belongs nowhere on this page, whatever it is. */
hear('before:swap', (record, ctx, event) => {
  record.tasks = event.detail.tasks;
  if (!ctx.response || PARTIALS.test(ctx.text)) return swapping.forEach((tell) => tell(record));
  const { status, raw } = ctx.response;
  const signIn = raw.redirected && new URL(raw.url).pathname === '/sign-in';
  const strange = PAGE.test(ctx.text) && ctx.target !== document.body;
  if (status < 400 && !signIn && !strange) return swapping.forEach((tell) => tell(record));
  event.preventDefault();
  if (status < 400 && !signIn) location.assign(raw.url);
  else fail(record, signIn ? 401 : status);
});

hear('error', (record, ctx) => {
  if (!ctx.response) fail(record, 0);
});

const now = (target) => (target?.isConnected ? target : target?.id && document.getElementById(target.id));

hear('after:swap', (record) => {
  record.roots = (record.tasks ?? []).map((task) => now(task.target)).filter(Boolean);
  swapped.forEach((tell) => tell(record));
  if (record.status >= 400 && record.status !== 409 && record.status !== 422) fail(record, record.status);
});

/** A request is about to leave. */
export const onSend = (tell) => hear('before:request', tell);
/** A request has ended, however. */
export const onDone = (tell) => hear('finally:request', tell);
/** An answer is about to be put on the page. */
export const onSwapping = (tell) => swapping.add(tell);
/** An answer stands on the page; `record.roots` are the elements it replaced. */
export const onSwap = (tell) => swapped.add(tell);
/** Nothing came of it: tell(record, 'offline' | 'busy' | 'expired' | 'refused'). */
export const onFailure = (tell) => failed.add(tell);
/** Links that open an editor in place. */
export const OPENER = 'a[hx-get]:not([data-cancel])';
/** Brings the page up to date with what an address answers: partials, a whole page, or 204 for nothing new. */
export const load = (address) => window.htmx.ajax('GET', address, { target: document.body, swap: 'outerMorph' });
