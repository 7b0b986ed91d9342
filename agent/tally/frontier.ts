/** What a search has found but not yet looked at: a binary heap that gives the cheapest first. */
export interface Frontier<Node> {
  push(node: Node): void;
  /** The cheapest node, taken out; undefined when there is none. */
  pop(): Node | undefined;
}

export function frontierOf<Node extends { readonly cost: number }>(): Frontier<Node> {
  const heap: Node[] = [];
  const costAt = (index: number) => heap[index]?.cost ?? Number.POSITIVE_INFINITY;
  const swap = (a: number, b: number) => {
    const [nodeA, nodeB] = [heap[a], heap[b]];
    if (nodeA && nodeB) {
      heap[a] = nodeB;
      heap[b] = nodeA;
    }
  };
  return {
    push(node) {
      let index = heap.push(node) - 1;
      while (index > 0 && costAt(parentOf(index)) > node.cost) {
        swap(index, parentOf(index));
        index = parentOf(index);
      }
    },
    pop() {
      const last = heap.pop();
      const cheapest = heap[0];
      if (!last || !cheapest) return last;
      heap[0] = last;
      let index = 0;
      for (;;) {
        const left = 2 * index + 1;
        const child = costAt(left + 1) < costAt(left) ? left + 1 : left;
        if (costAt(child) >= last.cost) return cheapest;
        swap(index, child);
        index = child;
      }
    },
  };
}

function parentOf(index: number): number {
  return (index - 1) >> 1;
}
