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
  transaction<Result>(work: (driver: SqlDriver) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}
