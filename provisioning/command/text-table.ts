/** Rows of cells as text under each other: each column as wide as its widest cell, numbers to the right. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const [, ...body] = rows;
  const columns = rows[0]?.map((_, column) => column) ?? [];
  const widths = columns.map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const numeric = columns.map((column) => body.every((row) => /^\d*$/.test(row[column] ?? '')));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          numeric[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
