import { direLesPieces, type Dispositif, RegistreDispositifs } from '@sillage/dispositif-kit';
import { FUSEAU, dateEnFrancais, type Motif, type Temporal } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type PieceFournie, PiecesFournies } from '../pieces/pieces-fournies.js';
import { Candidature } from './candidature.entity.js';
import type { DossierCandidature } from './candidature.dossier.js';
import { MessagesCandidature } from './messages-candidature.js';

/** What a porteur keeps of the pieces that were received, and what the services are told of those that are missing (TRANS-27). */
@Injectable()
export class Recepisses {
  constructor(
    private readonly pieces: PiecesFournies,
    private readonly messages: MessagesCandidature,
    private readonly registre: RegistreDispositifs,
  ) {}

  /** One receipt a deposit or completion, for what came since an instant: which file, when, and what proves that it is that one. */
  async delivrer(
    em: EntityManager,
    { candidature, dispositif }: DossierCandidature,
    { cle, depuis }: { cle: string; depuis: Temporal.Instant },
  ): Promise<void> {
    const recues = await this.pieces.recues(em, candidature.departementId, candidature.id, depuis);
    if (recues.length === 0) return;
    await this.messages.ecrire(em, candidature.departementId, [
      {
        candidatureId: candidature.id,
        destinataire: 'PORTEUR',
        nature: 'RECEPISSE',
        cle,
        texte: `Candidature ${candidature.numero}, pièces reçues : ${recues.map((piece) => decrire(dispositif, piece)).join(' ; ')}.`,
        regle: 'TRANS-27',
      },
    ]);
  }

  /** Those that are expected without barring the deposit: whoever decides confirms each by name. */
  async signalerManquantes(
    em: EntityManager,
    { candidature, dispositif }: DossierCandidature,
    points: readonly { motifs: readonly Motif[] }[],
  ): Promise<void> {
    const codes = piecesEnCause(points.flatMap(({ motifs }) => motifs));
    if (codes.length === 0) return;
    await this.messages.ecrire(em, candidature.departementId, [
      {
        candidatureId: candidature.id,
        destinataire: 'DEPARTEMENT',
        nature: 'PIECE_MANQUANTE',
        cle: 'DEPOT',
        texte: `Candidature ${candidature.numero} : à son dépôt, ces pièces attendues ne sont pas jointes : ${direLesPieces(dispositif, codes)}.`,
        regle: 'TRANS-27',
      },
    ]);
  }

  /** Those that the deposit asks for and that the other software has kept: a completion asks the porteur for them (AMB-107, AMB-166). */
  async signalerNonReprises(
    em: EntityManager,
    {
      departementId,
      id,
      numero,
      dispositif,
    }: { departementId: string; id: string; numero: string; dispositif: Dispositif },
    manquantes: readonly Motif[],
  ): Promise<void> {
    const codes = piecesEnCause(manquantes);
    if (codes.length === 0) return;
    const texte =
      `Candidature ${numero}, reprise du logiciel de dépôt : ces pièces, attendues au dépôt, ne sont pas jointes ici : ` +
      `${direLesPieces(dispositif, codes)}. Demandez-les en complément.`;
    await this.messages.ecrire(em, departementId, [
      {
        candidatureId: id,
        destinataire: 'DEPARTEMENT',
        nature: 'PIECE_MANQUANTE',
        cle: 'DEPOT',
        texte,
        regle: 'TRANS-27',
      },
    ]);
  }

  /** A piece that was found infected counts no more: its author knows that another is to come, and so do the services, once deposited. */
  async signalerInfectee(
    em: EntityManager,
    {
      departementId,
      id,
      candidatureId,
      code,
    }: { departementId: string; id: string; candidatureId: string; code: string },
  ): Promise<void> {
    const { etat, dispositif } = await em.findOneByOrFail(Candidature, { departementId, id: candidatureId });
    const manquante = { candidatureId, nature: 'PIECE_MANQUANTE', regle: 'TRANS-27' } as const;
    const piece = direLesPieces(this.registre.trouver(dispositif) ?? {}, [code]);
    const texte = `Un logiciel malveillant a été trouvé dans la pièce ${piece} : elle ne compte plus, une autre est attendue.`;
    await this.messages.ecrire(em, departementId, [
      { ...manquante, destinataire: 'PORTEUR', cle: `${id} PORTEUR`, texte },
      ...(etat === 'BROUILLON'
        ? []
        : [{ ...manquante, destinataire: 'DEPARTEMENT' as const, cle: `${id} DEPARTEMENT`, texte }]),
    ]);
  }
}

/** Codes of the pieces that reasons name. */
function piecesEnCause(motifs: readonly Motif[]): string[] {
  return motifs.flatMap(({ chemin }) => (chemin?.[0] === 'pieces' ? chemin.slice(1) : []));
}

function decrire(dispositif: Dispositif, { code, recueLe, empreinte }: PieceFournie): string {
  const ici = recueLe.toZonedDateTimeISO(FUSEAU);
  const heure = ici.toPlainTime().toString({ smallestUnit: 'second' });
  return `${direLesPieces(dispositif, [code])}, le ${dateEnFrancais(ici.toPlainDate())} à ${heure}, SHA-256 ${empreinte}`;
}
