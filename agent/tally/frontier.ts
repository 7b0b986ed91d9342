/** What a search has found but not yet looked at: a binary heap that gives the cheapest first. */
export interface Frontier<Node> {
  push(node: Node): void;
  /** The cheapest node, taken out; undefined when there is none. */
  pop(): Node | undefined;
}

export function frontierOf<Node extends { readonly cost: number }>(): Frontier<Node> {
  const heap: Node[] = [];
  return {
    push(node) {
      let index = heap.length;
      let above = heap[parentOf(index)];
      while (above && above.cost > node.cost) {
        heap[index] = above;
        index = parentOf(index);
        above = heap[parentOf(index)];
      }
      heap[index] = node;
    },
    pop() {
      const last = heap.pop();
      const cheapest = heap[0];
      if (!last || !cheapest) return last;
      let index = 0;
      let child = cheaperChild(heap, index);
      let below = heap[child];
      while (below && below.cost < last.cost) {
        heap[index] = below;
        index = child;
        child = cheaperChild(heap, index);
        below = heap[child];
      }
      heap[index] = last;
      return cheapest;
    },
  };
}

/** -1 for the top, where no node is. */
function parentOf(index: number): number {
  return (index - 1) >> 1;
}

function cheaperChild(heap: readonly { readonly cost: number }[], index: number): number {
  const left = 2 * index + 1;
  const costAt = (at: number) => heap[at]?.cost ?? Number.POSITIVE_INFINITY;
  return costAt(left + 1) < costAt(left) ? left + 1 : left;
}
