import { parametre, type Parametres } from './parametre.js';

/**
 * A table that holds data on a young person: what a person is given of it, and what becomes of it when the person is erased (TRANS-30).
 * Every table that points to a young person or to an accompagnement is declared, or a test of the house fails.
 */
export interface TablePersonnelle {
  /** With its schema: `plugin_coordo_ase.visite`. Its rows have `departement_id` and a uuid `id`, which seals their sealed columns. */
  readonly table: string;
  /** In French, for the person. */
  readonly libelle: string;
  /** The column that leads to the person, directly or by one of their accompagnements. */
  readonly lien: { readonly colonne: string; readonly vers: 'jeune' | 'accompagnement' };
  /** What is given to the person, in this order: column and its French name. */
  readonly colonnes: Readonly<Record<string, string>>;
  /** Those of the columns that are sealed. */
  readonly chiffrees?: readonly string[];
  /** Rows removed; rows kept because nothing in them says who it is; or columns replaced by an SQL expression on the row. */
  readonly effacement: 'SUPPRIMER' | 'CONSERVER' | { readonly remplacer: Readonly<Record<string, string>> };
}

/**
 * How long what names a young person is kept, in every dispositif; a dispositif declares its own values under the same keys. No source
 * text gives a duration (AMB-165): these are defaults, that an administrator changes from a date on.
 */
export const PARAMETRES_DE_CONSERVATION = {
  conservationActive: parametre.mois([{ du: '2020-01-01', valeur: 24 }], {
    libelle: 'Conservation après le dernier contact, avant l’archivage restreint',
    regle: 'TRANS-30',
    interpretation: 'AMB-165',
  }),
  conservationArchive: parametre.mois([{ du: '2020-01-01', valeur: 36 }], {
    libelle: 'Archivage restreint, avant l’effacement',
    regle: 'TRANS-30',
    interpretation: 'AMB-165',
  }),
} as const satisfies Parametres;
