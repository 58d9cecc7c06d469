const controls = /\p{Cc}/gu;
const directions = /[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text that can stand on one line of a terminal: control characters and characters that turn the direction of writing
 * become visible signs, one for one, so that an author's file cannot drive the terminal or disguise itself.
 */
export function visible(text: string): string {
  return text.replace(controls, picture).replace(directions, '\ufffd');
}

function picture(control: string): string {
  const code = control.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}
