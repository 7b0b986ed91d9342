import type { FormDefinition } from '#contract/form/definition.ts';
import type { StationRegister } from '#contract/station-register.ts';
import type { Recapitulation, Sums } from '../recapitulation.ts';

/** What the public is given: sums, and behind each sum the stations, their figures as written, and their pictures. */
export interface Publication {
  /** When it was taken from the database. */
  readonly at: Date;
  readonly register: StationRegister;
  readonly results: readonly PublishedForm[];
}

export interface PublishedForm {
  readonly form: FormDefinition;
  readonly recapitulation: Recapitulation;
  /** By TPS: the record that stands, whether it counts or not. */
  readonly records: ReadonlyMap<string, PublishedRecord>;
}

export interface PublishedRecord {
  readonly digest: string;
  /** As written on the paper; a figure that nobody could read is not there. */
  readonly figures: Sums;
  /** sha256 of the pictures that are here and show no personal data, by page. */
  readonly pictures: readonly { readonly page: number; readonly sha256: string }[];
}

/** A file of the published folder. */
export interface SiteFile {
  /** Relative, with slashes. */
  readonly path: string;
  readonly text: string;
}
