/** jsonb values are given as JSON text. */
export type SqlValue = string | number | boolean | Date | null;

/** What a driver must offer; everything above it is shared. */
export interface SqlDriver {
  /** One statement with values. */
  query(text: string, values: readonly SqlValue[]): Promise<SqlAnswer>;
  /** Several statements without values. */
  script(text: string): Promise<void>;
}
export interface SqlAnswer {
  readonly rows: readonly unknown[];
  readonly written: number;
}
export interface DatabaseDriver extends SqlDriver {
  /**
   * Hears what any process notifies on the channel, once it is committed; null where some may have been missed. Answers
   * the way to stop listening.
   */
  listen(channel: string, hear: (text: string | null) => void): Promise<() => Promise<void>>;
  transaction<Result>(work: (driver: SqlDriver) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}
