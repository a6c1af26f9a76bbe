import { type Champs, type CheminDeColonne, lireCellule, nomDeColonne, trouverColonne } from '@sillage/dispositif-kit';
import { Refus } from '@sillage/kernel';
import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

/** One transaction reads them all: what is left goes in another file. */
export const LIGNES_MAX = 500;
export const OCTETS_MAX = 2_000_000;
const REGLE = 'AMB-166';

/** What every row says, whatever the dispositif, with the names that its column may have. */
const COMMUNES = {
  reference: ['Référence', 'Référence externe', 'Numéro de dossier', 'N° de dossier', 'Dossier'],
  siret: ['SIRET', 'SIRET du porteur', 'SIRET du demandeur'],
  territoires: ['Territoires', 'Territoire'],
  deposeeLe: ['Déposée le', 'Date de dépôt', 'Dépôt', 'Date et heure de dépôt'],
  valideeLe: ['Validée le', 'Date de validation', 'Validation', 'Date et heure de validation'],
} as const;
export type ColonneCommune = keyof typeof COMMUNES;
const OBLIGATOIRES = ['reference', 'siret', 'territoires', 'deposeeLe'] as const satisfies readonly ColonneCommune[];

/** A row of the file: what it says, in the stored form of the fields, and which column said it. */
export interface LigneLue {
  /** Its place in the file, the header being the first. */
  readonly ligne: number;
  readonly communes: Readonly<Record<ColonneCommune, string>>;
  readonly champs: Readonly<Record<string, unknown>>;
  /** Columns where it holds a character that no keyboard types: the row is refused there, not the file. */
  readonly illisibles: readonly string[];
}

export interface FichierLu {
  readonly lignes: readonly LigneLue[];
  readonly colonnesIgnorees: readonly string[];
  /** The column of the file that fills in a field, or a common one, for a fault; null when none does. */
  colonneDe(chemin: readonly string[]): string | null;
}

/**
 * The text of a file as it was sent: UTF-8, with or without its mark, or Windows-1252, as spreadsheets here still write it.
 * @throws Refus VALEUR_INVALIDE when it is neither, or too long
 */
export function decoder(octets: Uint8Array, path: string[]): string {
  if (octets.length > OCTETS_MAX) throw refus('Le fichier dépasse 2 Mo : découpez-le.', path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    return new TextDecoder('windows-1252').decode(octets);
  }
}

/** What no text holds, ends of lines and tabulations apart; a header with one, or a zero anywhere, is another kind of file. */
// eslint-disable-next-line no-control-regex -- those are what is looked for
const DE_CONTROLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u0080-\u009f]/;

/** @throws Refus VALEUR_INVALIDE at `path`, when the file as a whole cannot be read */
export function lireFichier(contenu: string, champs: Champs, path: string[]): FichierLu {
  if (contenu.includes('\0') || DE_CONTROLE.test(contenu.split(/[\r\n]/, 1)[0] ?? '')) {
    throw refus('Le fichier n’est pas un texte en UTF-8 ou Windows-1252.', path);
  }
  const [entete, ...lignes] = analyser(contenu, path);
  if (entete === undefined || lignes.length === 0) throw refus('Le fichier n’a pas de ligne après l’en-tête.', path);
  if (lignes.length > LIGNES_MAX) throw refus(`Le fichier compte plus de ${LIGNES_MAX} lignes : découpez-le.`, path);
  const colonnes = entete.record.map((nom) => situer(nom, champs));
  exigerColonnes(colonnes, path);
  const situees = colonnes.flatMap((colonne, rang) =>
    colonne.ou === null ? [] : [{ ...colonne, ou: colonne.ou, rang }],
  );
  return {
    colonnesIgnorees: colonnes.filter(({ ou }) => ou === null).map(({ nom }) => nom.slice(0, 200)),
    lignes: lignes.map(({ record, info }) => lireLigne(record, info.lines, situees)),
    colonneDe: (chemin) => situees.find(({ ou }) => mene(ou, chemin))?.nom ?? null,
  };
}

type Ou = { readonly commune: ColonneCommune } | CheminDeColonne;
interface Colonne {
  readonly nom: string;
  readonly ou: Ou | null;
}
interface Situee extends Colonne {
  readonly ou: Ou;
  readonly rang: number;
}

function situer(nom: string, champs: Champs): Colonne {
  const cle = nomDeColonne(nom);
  const commune = (Object.keys(COMMUNES) as ColonneCommune[]).find((c) =>
    [c, ...COMMUNES[c]].some((connu) => nomDeColonne(connu) === cle),
  );
  return { nom, ou: commune === undefined ? trouverColonne(champs, nom) : { commune } };
}

function exigerColonnes(colonnes: readonly Colonne[], path: string[]): void {
  const cles = colonnes.flatMap(({ ou }) => (ou === null ? [] : [cleDe(ou)]));
  const manquantes = OBLIGATOIRES.filter((c) => !cles.includes(c));
  if (manquantes.length > 0) {
    throw refus(`Il manque à l’en-tête : ${manquantes.map((c) => COMMUNES[c][0]).join(', ')}.`, path);
  }
  const doubles = colonnes.filter(({ ou }) => ou !== null && cles.filter((cle) => cle === cleDe(ou)).length > 1);
  if (doubles.length === 0) return;
  throw refus(`Ces colonnes disent la même chose : ${doubles.map(({ nom }) => `« ${nom} »`).join(', ')}.`, path);
}

function cleDe(ou: Ou): string {
  return 'commune' in ou ? ou.commune : `champs.${ou.champ}.${ou.rang ?? ''}.${ou.sousChamp ?? ''}`;
}

function mene(ou: Ou, [premier, rang, sousChamp]: readonly string[]): boolean {
  if ('commune' in ou) return ou.commune === premier && rang === undefined;
  if (ou.champ !== premier) return false;
  return rang === undefined || (String(ou.rang) === rang && (sousChamp === undefined || ou.sousChamp === sousChamp));
}

function lireLigne(record: readonly string[], ligne: number, colonnes: readonly Situee[]): LigneLue {
  const communes = { reference: '', siret: '', territoires: '', deposeeLe: '', valideeLe: '' };
  const champs: Record<string, unknown> = {};
  const rangees = new Map<string, Record<string, unknown>[]>();
  for (const { ou, rang } of colonnes) {
    const cellule = record[rang] ?? '';
    if ('commune' in ou) {
      communes[ou.commune] = cellule.trim();
      continue;
    }
    const valeur = lireCellule(ou.declare, cellule);
    if (ou.sousChamp === undefined) champs[ou.champ] = valeur;
    else if (valeur !== null) {
      const siennes = rangees.get(ou.champ) ?? [];
      siennes[ou.rang as number] = { ...siennes[ou.rang as number], [ou.sousChamp]: valeur };
      rangees.set(ou.champ, siennes);
    }
  }
  // Rows that the file leaves empty are not rows.
  for (const [champ, siennes] of rangees) champs[champ] = siennes.filter((rangee) => rangee !== undefined);
  const illisibles = colonnes.filter(({ rang }) => DE_CONTROLE.test(record[rang] ?? '')).map(({ nom }) => nom);
  return { ligne, communes, champs, illisibles };
}

interface Analysee {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/** Reads one line more than there may be, and no further. */
function analyser(contenu: string, path: string[]): Analysee[] {
  const options = { bom: true, info: true, skip_empty_lines: true, to: LIGNES_MAX + 2, delimiter: separateur(contenu) };
  try {
    return parse(contenu, options) as unknown as Analysee[];
  } catch (erreur) {
    if (!(erreur instanceof CsvError)) throw erreur;
    const ligne = String(erreur.lines);
    if (erreur.code === 'CSV_RECORD_INCONSISTENT_COLUMNS' || erreur.code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH') {
      throw refus(`La ligne ${ligne} n’a pas autant de colonnes que l’en-tête.`, [...path, ligne]);
    }
    const message = `Le fichier n’est pas un CSV lisible : un guillemet est mal placé ou n’est pas refermé, à la ligne ${ligne} ou avant.`;
    throw refus(message, [...path, ligne]);
  }
}

/** The one that the header has more of, quotes apart: an amount may hold the other. */
function separateur(contenu: string): ';' | ',' {
  const [entete = ''] = contenu.replace(/"[^"]*"/g, '').split(/\r\n|\r|\n/);
  return entete.split(',').length > entete.split(';').length ? ',' : ';';
}

/** What was refused, for a French spreadsheet: its UTF-8 mark, semicolons, Windows line ends, and nothing in it becomes a formula. */
export function ecrireRefus(refusees: readonly RefusExporte[]): string {
  return stringify([...refusees], {
    bom: true,
    header: true,
    columns: ['ligne', 'reference', 'colonne', 'code', 'message', 'regle'],
    delimiter: ';',
    record_delimiter: 'windows',
    escape_formulas: true,
  });
}

export interface RefusExporte {
  readonly ligne: number;
  readonly reference: string | null;
  readonly colonne: string | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly regle: string | null;
}

function refus(message: string, path: string[]): Refus {
  return Refus.de('VALEUR_INVALIDE', message, { path, regle: REGLE });
}
