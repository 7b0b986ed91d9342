/** Connected regions (eight neighbours) of a mask, each as its pixel indices, in the order they are met. */
export function regionsOf(mask: Uint8Array, width: number, height: number): readonly Int32Array[] {
  const seen = new Uint8Array(mask.length);
  const queue = new Int32Array(mask.length);
  const regions: Int32Array[] = [];
  for (let seed = 0; seed < mask.length; seed++) {
    if (mask[seed] !== 1 || seen[seed] === 1) continue;
    seen[seed] = 1;
    queue[0] = seed;
    let found = 1;
    for (let head = 0; head < found; head++) {
      const pixel = queue[head] ?? 0;
      const x = pixel % width;
      const y = (pixel - x) / width;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const next = ny * width + nx;
          if (mask[next] !== 1 || seen[next] === 1) continue;
          seen[next] = 1;
          queue[found++] = next;
        }
      }
    }
    regions.push(queue.slice(0, found));
  }
  return regions;
}
