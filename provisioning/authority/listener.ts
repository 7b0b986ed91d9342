/** The name with which the warehouse looks at the broker; it may read who is there, and nothing else. */
export const LISTENER = 'central-uji';
