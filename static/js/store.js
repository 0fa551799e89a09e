// The browser's storage may be full, blocked or absent: here that is an answer (false, null), never an error.

const open = (area) => window[`${area}Storage`];

export function keep(key, value, area = 'local') {
  try {
    open(area).setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function kept(key, area = 'local') {
  try {
    return JSON.parse(open(area).getItem(key));
  } catch {
    return null;
  }
}

export function drop(key) {
  try {
    open('local').removeItem(key);
  } catch {
    // nothing was kept there either
  }
}

export function keysUnder(prefix) {
  try {
    return Object.keys(open('local')).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}
