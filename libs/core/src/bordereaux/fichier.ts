import { createHash } from 'node:crypto';
import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { type DateCivile, dateCivile, elaguer, type ErreurMetier, ErreurValeur, Montant, Refus } from '@sillage/kernel';
import { RESULTATS_RETOUR, type ResultatRetour } from './bordereau.entity.js';

/**
 * Most lines of a bordereau, so of its return: one transaction reads them all, while others wait for what it locks. What is left goes on
 * the next bordereau.
 */
export const LIGNES_MAX = 500;
/** Faults of one file that are told: the others are counted. */
export const ERREURS_DITES = 50;

/** A line of the export, as the finance software reads it; amounts in euros, with a point. */
export interface LigneExportee {
  readonly bordereau: string;
  readonly versement: string;
  readonly convention: string;
  readonly dispositif: string;
  readonly structure: string;
  readonly siret: string;
  readonly tranche: string;
  readonly sens: string;
  readonly montant: string;
}

const COLONNES = [
  'bordereau',
  'versement',
  'convention',
  'dispositif',
  'structure',
  'siret',
  'tranche',
  'sens',
  'montant',
] as const satisfies readonly (keyof LigneExportee)[];

/** The file, with its header: semicolons and Windows line ends, as spreadsheets here expect. A name never becomes a formula. */
export function ecrireFichier(lignes: readonly LigneExportee[]): { contenu: string; empreinte: string } {
  const contenu = stringify([...lignes], {
    header: true,
    columns: [...COLONNES],
    delimiter: ';',
    record_delimiter: 'windows',
    escape_formulas: true,
  });
  return { contenu, empreinte: createHash('sha256').update(contenu, 'utf8').digest('hex') };
}

/** A line of the return file, checked. */
export interface LigneRetour {
  /** Its place in the file, where somebody would look for it. */
  readonly ligne: number;
  readonly bordereau: string;
  readonly versement: string;
  readonly montant: Montant;
  readonly resultat: ResultatRetour;
  readonly date: DateCivile;
  readonly motif: string | null;
}

const ATTENDUES = ['bordereau', 'versement', 'montant', 'resultat', 'date', 'motif'];
/** What a request may hold, its JSON included. */
const CARACTERES_MAX = 250_000;
const CHEMIN = ['input', 'contenu'];

/**
 * Reads a return file: `bordereau;versement;montant;resultat;date;motif`, the reason only for a rejection.
 * @throws Refus with one error a fault, at `input.contenu.<line>.<column>`: nothing is then imported
 */
export function lireRetour(contenu: string): LigneRetour[] {
  if (contenu.length > CARACTERES_MAX) throw refus('Le fichier dépasse 250 000 caractères : découpez-le.');
  const lues = analyser(contenu);
  if (lues.length === 0) throw refus('Le fichier ne contient aucune ligne sous son en-tête.');
  if (lues.length > LIGNES_MAX) throw refus(`Le fichier compte plus de ${LIGNES_MAX} lignes : découpez-le.`);
  const erreurs: ErreurMetier[] = [];
  const lignes = lues.map(({ record, info: { lines } }) => lireLigne(record, lines, erreurs));
  exigerSansFaute(erreurs);
  return lignes as LigneRetour[];
}

/** @throws Refus with the first faults of a file, and how many more it has */
export function exigerSansFaute(erreurs: readonly ErreurMetier[]): void {
  if (erreurs.length === 0) return;
  const tues = erreurs.length - ERREURS_DITES;
  if (tues <= 0) throw new Refus(erreurs);
  const autres =
    tues === 1 ? 'une autre faute, qui n’est pas montrée' : `${tues} autres fautes, qui ne sont pas montrées`;
  const reste = refus(`Le fichier a ${autres} : corrigez celles-ci, puis renvoyez-le.`);
  throw new Refus([...erreurs.slice(0, ERREURS_DITES), ...reste.erreurs]);
}

interface Analysee {
  readonly record: Record<string, string>;
  readonly info: { readonly lines: number };
}

/** Reads one line more than there may be, and no further: a file that is too long costs no more than another. */
function analyser(contenu: string): Analysee[] {
  try {
    const lues: unknown = parse(contenu, {
      bom: true,
      info: true,
      delimiter: ';',
      trim: true,
      skip_empty_lines: true,
      to: LIGNES_MAX + 1,
      columns: lireEntete,
    });
    return lues as Analysee[];
  } catch (erreur) {
    if (erreur instanceof CsvError) throw illisible(erreur);
    throw erreur;
  }
}

function lireEntete(entete: string[]): string[] {
  const noms = entete.map((nom) => nom.toLowerCase());
  const manquantes = ATTENDUES.filter((nom) => !noms.includes(nom));
  if (manquantes.length > 0) throw refus(`Il manque à l’en-tête : ${manquantes.join(', ')}.`);
  const doubles = ATTENDUES.filter((nom) => noms.indexOf(nom) !== noms.lastIndexOf(nom));
  if (doubles.length > 0) throw refus(`L’en-tête nomme deux fois : ${doubles.join(', ')}.`);
  return noms;
}

function illisible({ code, lines, record, columns }: CsvError): Refus {
  const ligne = String(lines);
  if (code === 'CSV_RECORD_INCONSISTENT_COLUMNS' && Array.isArray(record) && Array.isArray(columns)) {
    const nombre = `${record.length} colonne${record.length > 1 ? 's' : ''}`;
    return refus(`La ligne ${ligne} a ${nombre}, l’en-tête ${columns.length}.`, ligne);
  }
  return refus(
    `Le fichier n’est pas un CSV lisible, séparé par des points-virgules : un guillemet est mal placé ou n’est pas refermé, à la ligne ${ligne} ou avant.`,
    ligne,
  );
}

function lireLigne(ligne: Record<string, string>, rang: number, erreurs: ErreurMetier[]): LigneRetour | null {
  const avant = erreurs.length;
  const fautif = (colonne: string, message: string): void =>
    void erreurs.push({
      code: 'VALEUR_INVALIDE',
      message,
      path: [...CHEMIN, String(rang), colonne],
      regle: 'TRANS-12',
    });
  const lire = <T>(colonne: string, convertir: (texte: string) => T): T | null => {
    try {
      return convertir(ligne[colonne] ?? '');
    } catch (erreur) {
      if (!(erreur instanceof ErreurValeur)) throw erreur;
      fautif(colonne, erreur.message);
      return null;
    }
  };
  const { bordereau = '', versement = '', resultat = '' } = ligne;
  const motif = elaguer(ligne['motif'] ?? '');
  const montant = lire('montant', (texte) => Montant.euros(texte));
  const date = lire('date', dateCivile);
  const estConnu = Object.hasOwn(RESULTATS_RETOUR, resultat);
  if (!estConnu) fautif('resultat', `Le résultat est ${Object.keys(RESULTATS_RETOUR).join(' ou ')}.`);
  if (resultat === 'REJETE' && motif === '') fautif('motif', 'Un rejet dit pourquoi.');
  if (motif.length > 1000) fautif('motif', 'Le motif tient en 1 000 caractères.');
  if (erreurs.length > avant || montant === null || date === null) return null;
  return {
    ligne: rang,
    bordereau,
    versement,
    montant,
    resultat: resultat as ResultatRetour,
    date,
    motif: motif || null,
  };
}

function refus(message: string, ...lieu: string[]): Refus {
  return Refus.de('VALEUR_INVALIDE', message, { path: [...CHEMIN, ...lieu], regle: 'TRANS-12' });
}
