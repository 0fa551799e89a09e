// What people typed, told apart from what the server rendered: drafts, warnings and resets all ask this.

const UNTYPED = /^(hidden|password|file|submit|button|reset|image|fieldset|output)$/;
const ticked = (field) => field.type === 'checkbox' || field.type === 'radio';

export const fieldsOf = (form) =>
  [...form.elements].filter((field) => field.name && !field.disabled && !UNTYPED.test(field.type));

export function valueOf(field) {
  if (ticked(field)) return field.checked;
  if (field.options) return [...field.options].filter((each) => each.selected).map((each) => each.value).join('\n');
  return field.value;
}

export function renderedIn(field) {
  if (ticked(field)) return field.defaultChecked;
  if (!field.options) return field.defaultValue;
  const chosen = [...field.options].filter((each) => each.defaultSelected).map((each) => each.value);
  return chosen.length || field.multiple ? chosen.join('\n') : (field.options[0]?.value ?? '');
}

export function put(field, value) {
  if (ticked(field)) field.checked = value;
  else if (field.options) for (const each of field.options) each.selected = value.split('\n').includes(each.value);
  else field.value = value;
}

/** Makes what is in the field the text that counts as saved. */
export function settle(field) {
  if (ticked(field)) field.defaultChecked = field.checked;
  else if (field.options) for (const each of field.options) each.defaultSelected = each.selected;
  else field.defaultValue = field.value;
}

export const isChanged = (field) => valueOf(field) !== renderedIn(field);
export const hasText = (form) => fieldsOf(form).some(isChanged);

/** Every field of a form under a name of its own, also where several share one. */
export function named(form) {
  const seen = {};
  return fieldsOf(form).map((field) => {
    const name = ticked(field) ? `${field.name}=${field.value}` : field.name;
    seen[name] = (seen[name] ?? 0) + 1;
    return [seen[name] > 1 ? `${name}#${seen[name]}` : name, field];
  });
}
