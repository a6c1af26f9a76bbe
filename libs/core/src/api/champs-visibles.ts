import type { ContexteActeur } from '@sillage/access';
import type { Champ, Champs } from '@sillage/dispositif-kit';

/** Who reads the declared fields of a row, in what capacity. */
export interface LecteurDeChamps {
  contexte: ContexteActeur;
  /** May see what names a person (TRANS-30). */
  nominatif: boolean;
  /** Belongs to the structure that wrote them: `visiblePar` does not apply to the author. */
  auteur: boolean;
}

/** The stored values as this reader may see them: what is masked, or not filled in, is null. */
export function champsVisibles(
  champs: Champs,
  valeurs: Readonly<Record<string, unknown>>,
  lecteur: LecteurDeChamps,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(champs).map(([nom, champ]) => [
      nom,
      estVisible(champ, lecteur) ? lire(champ, valeurs[nom], lecteur) : null,
    ]),
  );
}

function estVisible({ options }: Champ, { contexte, nominatif, auteur }: LecteurDeChamps): boolean {
  if (options.nominatif && !nominatif) return false;
  if (options.visiblePar === undefined || auteur) return true;
  return contexte.acteur.habilitations.some((h) => options.visiblePar?.includes(h.role));
}

function lire({ nature }: Champ, valeur: unknown, lecteur: LecteurDeChamps): unknown {
  if (nature.genre !== 'lignes' || !Array.isArray(valeur)) return valeur ?? null;
  return valeur.map((ligne: Record<string, unknown>) => champsVisibles(nature.champs, ligne, lecteur));
}
