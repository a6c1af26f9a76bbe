import { dateCivile, dateEnFrancais } from './dates.js';

/**
 * How a figure came about, so that somebody may dispute it: what it is, its inputs, its parameters at their date, its rule, its parts.
 * Strings only: it is stored and sent as JSON, and read years later.
 */
export interface Explication {
  libelle: string;
  resultat: string;
  formule?: string;
  /** Id of the rule applied ('ASE-FIN-01'). */
  regle?: string;
  /** Id of the ambiguity whose reading was chosen ('AMB-104'). */
  interpretation?: string;
  parametres?: ParametreCite[];
  entrees?: { nom: string; valeur: string }[];
  /** What was rounded and how; absent when nothing was. */
  arrondi?: string;
  lignes?: Explication[];
}

/** A dated value as it stood when the figure was computed; `du` and `au` are ISO dates, both included. */
export interface ParametreCite {
  cle: string;
  libelle: string;
  /** As a French reader sees it, unit included: `60 %`, `52 000,00 €`. */
  valeur: string;
  unite: string;
  du: string;
  au: string | null;
  origine: OrigineParametre;
  regle: string;
  /** Who settled it, when and why, where it is not the text's own value (TRANS-41). */
  decision?: DecisionCitee;
}

export interface DecisionCitee {
  /** Uuid of the user: the account names them, not the explanation, which outlives it. */
  par: string;
  /** ISO date. */
  le: string;
  motif: string;
}

/** Who set the value, from the most general to what prevails. */
export type OrigineParametre = 'DISPOSITIF' | 'APPEL' | 'TERRITOIRE' | 'CONVENTION' | 'ANNEXE';

/** The tree as indented French text, two spaces a level. @throws ErreurValeur when a parameter's date is not ISO. */
export function texteExplication(explication: Explication): string {
  return lignesDe(explication).join('\n');
}

function lignesDe(e: Explication): string[] {
  return [
    `${e.libelle} : ${e.resultat}`,
    ...[
      ...(e.formule === undefined ? [] : [`Calcul : ${e.formule}`]),
      ...(e.entrees ?? []).map(({ nom, valeur }) => `Donnée : ${nom} = ${valeur}`),
      ...(e.parametres ?? []).map(texteParametre),
      ...(e.arrondi === undefined ? [] : [`Arrondi : ${e.arrondi}`]),
      ...(e.regle === undefined ? [] : [`Règle : ${e.regle}`]),
      ...(e.interpretation === undefined ? [] : [`Interprétation retenue : ${e.interpretation}`]),
      ...(e.lignes ?? []).flatMap(lignesDe),
    ].map((ligne) => `  ${ligne}`),
  ];
}

function texteParametre(p: ParametreCite): string {
  const du = dateEnFrancais(dateCivile(p.du));
  const validite = p.au === null ? `depuis le ${du}` : `du ${du} au ${dateEnFrancais(dateCivile(p.au))}`;
  const decision = p.decision
    ? `, décision du ${dateEnFrancais(dateCivile(p.decision.le))} : « ${p.decision.motif} »`
    : '';
  return `Paramètre : ${p.libelle} = ${p.valeur}, ${validite}, fixé par ${ORIGINES[p.origine]} (${p.regle})${decision}`;
}

const ORIGINES: Record<OrigineParametre, string> = {
  DISPOSITIF: 'le dispositif',
  APPEL: 'l’appel à projets',
  TERRITOIRE: 'le territoire',
  CONVENTION: 'la convention',
  ANNEXE: 'l’annexe de la convention',
};
