const SLAB = 1 << 18;
let slab = Buffer.alloc(0);
let used = 0;

/**
 * Text as bytes, cut from a slab that is shared: memory of its own for each page costs more than writing it. It is for what is
 * sent at once; what is kept is to be copied, or it would keep its slab.
 */
export function bytesOf(text: string): Buffer {
  const most = text.length * 3;
  if (most > SLAB) return Buffer.from(text);
  if (used + most > slab.length) {
    slab = Buffer.allocUnsafeSlow(SLAB);
    used = 0;
  }
  const start = used;
  used += slab.write(text, start);
  return slab.subarray(start, used);
}
