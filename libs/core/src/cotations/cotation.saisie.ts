import { deciderNotes, itemsDeGrille, type NoteDItem, type VersionDeGrille } from '@sillage/dispositif-kit';
import { elaguer, exiger, Refus } from '@sillage/kernel';

const REGLE = 'TRANS-14';
const TEXTE_MAX = 5000;

export interface PreuveSaisie {
  item: string;
  preuve: string;
}
export interface NoteSaisie {
  item: string;
  points: number;
  sousPoints?: readonly { code: string; points: number }[] | null;
  motif?: string | null;
}
export interface ObservationSaisie {
  item: string;
  observation: string;
}

/** A score as it is kept: whole points, its shares by code, and why. */
export interface NoteLue extends NoteDItem {
  readonly item: string;
  readonly motif: string | null;
}

/** Texts by item. @throws Refus with the path of the line at fault */
export function lireTextes(
  grille: VersionDeGrille,
  lignes: readonly { item: string; texte: string }[],
  chemin: { liste: string; champ: string },
): { item: string; texte: string }[] {
  const path = ['input', chemin.liste];
  if (lignes.length === 0) throw Refus.de('CHAMP_OBLIGATOIRE', 'Donnez au moins une ligne.', { path, regle: REGLE });
  exigerItems(grille, lignes, path);
  return lignes.map(({ item, texte: saisi }, rang) => {
    const texte = elaguer(saisi);
    const ici = { path: [...path, String(rang), chemin.champ], regle: REGLE };
    if (texte === '') throw Refus.de('CHAMP_OBLIGATOIRE', 'Ce texte est à renseigner.', ici);
    if (texte.length > TEXTE_MAX) throw Refus.de('VALEUR_INVALIDE', 'Ce texte tient en 5 000 caractères.', ici);
    return { item, texte };
  });
}

/** Scores within their items. @throws Refus with the path of the score at fault */
export function lireNotes(grille: VersionDeGrille, saisies: readonly NoteSaisie[]): NoteLue[] {
  const path = ['input', 'notes'];
  if (saisies.length === 0) throw Refus.de('CHAMP_OBLIGATOIRE', 'Notez au moins un item.', { path, regle: REGLE });
  exigerItems(grille, saisies, path);
  const lues = saisies.map(({ item, points, sousPoints, motif }): NoteLue => ({
    item,
    points,
    ...(sousPoints && { sousPoints: Object.fromEntries(sousPoints.map((part) => [part.code, part.points])) }),
    motif: motif ? elaguer(motif).slice(0, TEXTE_MAX) || null : null,
  }));
  const { issue, motifs } = deciderNotes(grille, Object.fromEntries(lues.map((note) => [note.item, note])), []);
  const situes = motifs.map((motif) => {
    const rang = lues.findIndex(({ item }) => item === motif.chemin?.[0]);
    return { ...motif, chemin: [...path, String(rang)] };
  });
  exiger({ issue, motifs: situes });
  return lues;
}

/** Each line of another item of the grid. */
function exigerItems(grille: VersionDeGrille, lignes: readonly { item: string }[], path: string[]): void {
  const connus = new Set(itemsDeGrille(grille).map(({ code }) => code));
  lignes.forEach(({ item }, rang) => {
    const ici = { path: [...path, String(rang), 'item'], regle: REGLE };
    if (!connus.has(item)) throw Refus.de('VALEUR_INVALIDE', 'Cet item n’est pas dans la grille.', ici);
    if (lignes.findIndex((ligne) => ligne.item === item) < rang) {
      throw Refus.de('VALEUR_INVALIDE', 'Cet item est donné deux fois.', ici);
    }
  });
}
