import type { Filtre, Ligne } from './declaration.js';
import type { Redaction } from './redaction.js';

type Arguments = Readonly<Record<string, unknown>>;
type Filtres = Readonly<Record<string, Filtre>>;

/** By what in the arguments the text of the statement changes: which filters are there, and which hold a single value. */
export function formeDesFiltres(filtres: Filtres, args: Arguments): string {
  return Object.keys(filtres)
    .filter((nom) => estDonne(args[nom]))
    .map((nom) => (estSeule(args[nom]) ? `${nom}=` : nom))
    .join(',');
}

/** The conditions of the filters that are given, their values left to each request. A list of one value is an equality. */
export function filtrer(redaction: Redaction, filtres: Filtres, ligne: Ligne, args: Arguments, rang: number): string[] {
  return Object.entries(filtres)
    .filter(([nom]) => estDonne(args[nom]))
    .map(([nom, filtre]) => {
      const seule = estSeule(args[nom]);
      const plusieurs = Array.isArray(args[nom]) && !seule;
      const valeur = redaction.deLaDemande(
        ({ args: donnes }) => lireValeur(filtre, donnes[rang]?.[nom], seule),
        plusieurs ? `${filtre.typeSql}[]` : filtre.typeSql,
      );
      return filtre.sql(ligne, plusieurs ? `any(${valeur})` : valeur);
    });
}

function lireValeur({ lire }: Filtre, donnee: unknown, seule: boolean): unknown {
  const valeur: unknown = seule ? (donnee as unknown[])[0] : donnee;
  if (!lire) return valeur;
  return Array.isArray(valeur) ? valeur.map((une) => lire(une as never)) : lire(valeur as never);
}

function estDonne(valeur: unknown): boolean {
  return valeur !== undefined && valeur !== null;
}

function estSeule(valeur: unknown): boolean {
  return Array.isArray(valeur) && valeur.length === 1;
}
