/** What a chain can be found guilty of, as it is told. */
export const NATURES_ECART = {
  LIGNE_ALTEREE: 'la ligne n’est plus celle qui a été enchaînée',
  LIGNE_DEPLACEE: 'la ligne a changé de place',
  LIGNE_EFFACEE: 'la ligne a disparu du journal',
  LIGNE_HORS_CHAINE: 'la ligne est dans le journal sans avoir été enchaînée',
  LIEN_ROMPU: 'le maillon ne suit pas celui qui le précède',
  MAILLON_MANQUANT: 'le maillon manque',
  TETE_TRONQUEE: 'la chaîne s’arrête avant la tête qui avait été notée',
  TETE_RECRITE: 'la chaîne a été récrite : l’empreinte notée pour ce rang était une autre',
} as const;

export type NatureEcart = keyof typeof NATURES_ECART;

/** `rang` is null for a line that is in no link, `ligneId` for a link that is not there. */
export interface Ecart {
  readonly nature: NatureEcart;
  readonly rang: number | null;
  readonly ligneId: string | null;
}

/** In French, for whoever looks into it. */
export function direEcart({ nature, rang, ligneId }: Ecart): string {
  const ou = [rang === null ? [] : [`rang ${rang}`], ligneId === null ? [] : [`ligne ${ligneId}`]].flat().join(', ');
  return `${nature} (${ou}) : ${NATURES_ECART[nature]}.`;
}
