import {
  deciderPieces,
  direLesPieces,
  type Dispositif,
  lireValeurs,
  type MomentDePiece,
} from '@sillage/dispositif-kit';
import { type Decision, exiger, non, oui, type Temporal, toutes } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull } from 'typeorm';
import { Candidature } from '../candidatures/candidature.entity.js';
import type { Convention } from '../conventions/convention.entity.js';
import { Piece } from './piece.entity.js';
import { compte, estDepuis } from './piece.policy.js';

export type PieceFournie = Pick<Piece, 'code' | 'empreinte' | 'recueLe'>;

const AUCUNE: ReadonlySet<string> = new Set();

/** Which pieces a dossier has: what its steps ask before they are taken. Runs in the caller's transaction. */
@Injectable()
export class PiecesFournies {
  /** The codes that count as provided, by candidature: one statement whatever their count. */
  async desCandidatures(
    em: EntityManager,
    departementId: string,
    ids: readonly string[],
  ): Promise<(candidatureId: string) => ReadonlySet<string>> {
    const pieces = await em.find(Piece, {
      select: { departementId: true, id: true, candidatureId: true, code: true, etat: true, remplaceeLe: true },
      where: { departementId, candidatureId: In([...new Set(ids)]), remplaceeLe: IsNull() },
    });
    const codes = new Map<string, Set<string>>();
    for (const piece of pieces.filter(compte)) {
      const cle = piece.candidatureId as string;
      codes.set(cle, (codes.get(cle) ?? new Set()).add(piece.code));
    }
    return (id) => codes.get(id) ?? AUCUNE;
  }

  /** Those of a candidature that count as provided and came since an instant, in the order in which they came. */
  async recues(
    em: EntityManager,
    departementId: string,
    candidatureId: string,
    depuis: Temporal.Instant,
  ): Promise<PieceFournie[]> {
    const pieces = await em.find(Piece, {
      select: {
        departementId: true,
        id: true,
        code: true,
        empreinte: true,
        etat: true,
        recueLe: true,
        remplaceeLe: true,
      },
      where: { departementId, candidatureId, remplaceeLe: IsNull() },
      order: { id: 'ASC' },
    });
    return pieces.filter((piece) => compte(piece) && estDepuis(piece, depuis));
  }

  /** Whether nothing of the candidature is still in quarantine: what nobody could read is not decided upon. */
  deciderCandidature(
    em: EntityManager,
    dispositif: Dispositif,
    { departementId, id }: Pick<Candidature, 'departementId' | 'id'>,
    chemin: string[],
  ): Promise<Decision> {
    return this.#sortiesDeQuarantaine(em, dispositif, { departementId, candidatureId: id }, chemin);
  }

  /**
   * What a step of a convention asks of its pieces; `liberees`, when the step decides upon them.
   * @throws Refus PIECE_MANQUANTE, one error a piece, or ETAT_INCOMPATIBLE for what is in quarantine
   */
  async exigerConvention(
    em: EntityManager,
    dispositif: Dispositif,
    { departementId, id, candidatureId }: Convention,
    { quand, chemin, liberees }: { quand: MomentDePiece; chemin: string[]; liberees: boolean },
  ): Promise<void> {
    if (!dispositif.pieces?.some((piece) => piece.quand === quand)) return;
    const { champs } = await em.findOneByOrFail(Candidature, { departementId, id: candidatureId });
    const lus = await em.findBy(Piece, { departementId, conventionId: id, quand, remplaceeLe: IsNull() });
    const fournies = new Set(lus.filter(compte).map(({ code }) => code));
    const valeurs = lireValeurs(dispositif.candidature.champs, champs, ['champs']);
    const jugees = deciderPieces(dispositif.pieces, quand, valeurs, fournies);
    exiger(toutes(...jugees.map(({ decision }) => decision)));
    if (!liberees) return;
    const delles = { departementId, conventionId: id, quand };
    exiger(await this.#sortiesDeQuarantaine(em, dispositif, delles, chemin));
  }

  async #sortiesDeQuarantaine(
    em: EntityManager,
    dispositif: Dispositif,
    de: { departementId: string; candidatureId?: string; conventionId?: string; quand?: MomentDePiece },
    chemin: string[],
  ): Promise<Decision> {
    const gardees = await em.find(Piece, {
      select: { departementId: true, id: true, code: true },
      where: { ...de, remplaceeLe: IsNull(), etat: In(['RECUE', 'NON_ANALYSEE']) },
      order: { id: 'ASC' },
    });
    if (gardees.length === 0) return oui();
    const codes = gardees.map(({ code }) => code);
    return non({
      code: 'ETAT_INCOMPATIBLE',
      message: `Des pièces sont encore en quarantaine : ${direLesPieces(dispositif, codes)}.`,
      regle: 'TRANS-27',
      chemin,
    });
  }
}
