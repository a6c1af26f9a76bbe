import type { Refus } from '@sillage/kernel';
import type { Filtre, Filtres, Ligne } from './declaration.js';
import type { Redaction } from './redaction.js';

type Arguments = Readonly<Record<string, unknown>>;

/** What the statement looks for first: it tells so in the place of an answer when it finds nothing. */
export interface RechercheEcrite {
  readonly sql: string;
  readonly refus: () => Refus;
}

/** By what in the arguments the text of the statement changes: which filters are there, and which hold a single value. */
export function formeDesFiltres(filtres: Filtres, args: Arguments): string {
  return Object.keys(filtres)
    .filter((nom) => estDonne(args[nom]))
    .map((nom) => (estSeule(args[nom]) ? `${nom}=` : nom))
    .join(',');
}

interface Demandes {
  readonly args: Arguments;
  /** The place by which each request brings its own. */
  readonly rang: number;
}

/** The conditions of the filters that are given, their values left to each request. A list of one value is an equality. */
export function filtrer(redaction: Redaction, filtres: Filtres, ligne: Ligne, demandes: Demandes): string[] {
  const donnes = Object.keys(filtres).filter((nom) => estDonne(demandes.args[nom]));
  return ecrire(redaction, filtres, ligne, demandes, donnes);
}

/** The conditions of all of them: what finds a row leaves none out, not even an empty text. */
export function trouver(redaction: Redaction, filtres: Filtres, ligne: Ligne, demandes: Demandes): string[] {
  return ecrire(redaction, filtres, ligne, demandes, Object.keys(filtres));
}

function ecrire(
  redaction: Redaction,
  filtres: Filtres,
  ligne: Ligne,
  { args, rang }: Demandes,
  noms: readonly string[],
): string[] {
  const conditions = noms.flatMap((nom) => {
    const filtre = filtres[nom];
    if (!filtre) return [];
    const seule = estSeule(args[nom]);
    const plusieurs = Array.isArray(args[nom]) && !seule;
    const valeur = redaction.deLaDemande(
      (demande) => lireValeur(filtre, demande.args[rang]?.[nom], seule),
      plusieurs ? `${filtre.typeSql}[]` : filtre.typeSql,
    );
    const { cherche } = filtre;
    const trouvee = cherche && redaction.chercher({ sql: cherche.sql(valeur), refus: () => cherche.refus([nom]) });
    return [{ nom, filtre, valeur: trouvee ?? valeur, plusieurs }];
  });
  for (const { nom, filtre, valeur } of conditions) if (!filtre.sql) redaction.donner(nom, valeur);
  return conditions.flatMap(({ filtre, valeur, plusieurs }) =>
    filtre.sql ? [filtre.sql(ligne, plusieurs ? `any(${valeur})` : valeur)] : [],
  );
}

function lireValeur({ lire }: Filtre, donnee: unknown, seule: boolean): unknown {
  const valeur: unknown = seule ? (donnee as unknown[])[0] : donnee;
  if (!lire) return valeur;
  return Array.isArray(valeur) ? valeur.map((une) => lire(une as never)) : lire(valeur as never);
}

function estDonne(valeur: unknown): boolean {
  return valeur !== undefined && valeur !== null && valeur !== '';
}

function estSeule(valeur: unknown): boolean {
  return Array.isArray(valeur) && valeur.length === 1;
}
