import { type ContexteActeur, exigerDroit, type ObjetProtege, peut } from '@sillage/access';
import {
  type DeclarationPiece,
  type Dispositif,
  type MomentDePiece,
  PIECES_DE_FIN,
  piecesDe,
  RegistreDispositifs,
} from '@sillage/dispositif-kit';
import { type Decision, exiger, Refus } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull } from 'typeorm';
import { introuvable } from '../api/index.js';
import { Bilan } from '../bilans/bilan.entity.js';
import { DossiersCandidature, objetProtege } from '../candidatures/candidature.dossier.js';
import { deciderAction } from '../candidatures/candidature.policy.js';
import { Convention } from '../conventions/convention.entity.js';
import { SituationsConvention } from '../conventions/convention.situation.js';
import type { DossierParametre } from '../parametres/index.js';
import { Piece } from './piece.entity.js';
import { compte, deciderAjout, estDepuis, type SituationAjout } from './piece.policy.js';

/** On what a piece hangs: one of the two. */
export interface Attache {
  readonly candidatureId: string | null;
  readonly conventionId: string | null;
}

/** A dossier, locked, that somebody wants to join a piece to. */
export interface DossierOuvert {
  readonly dispositif: Dispositif;
  readonly declaration: DeclarationPiece;
  /** With what it is joined: that of a candidature comes with it, whichever step declares it. */
  readonly quand: MomentDePiece;
  /** Those of that code that hang on it and were not replaced; since it was asked, when a completion asks for it. */
  readonly presentes: readonly Piece[];
  readonly parametres: DossierParametre;
}

/** What rights on a piece depend on: those of its dossier, and nothing of its own. */
export interface DossierLu {
  readonly sujet: 'Candidature' | 'Convention';
  readonly objet: Required<ObjetProtege>;
  readonly dispositif: Dispositif | undefined;
}

/** The dossiers on which pieces hang. Runs in the caller's transaction. */
@Injectable()
export class DossiersDesPieces {
  constructor(
    private readonly registre: RegistreDispositifs,
    private readonly candidatures: DossiersCandidature,
    private readonly conventions: SituationsConvention,
  ) {}

  /**
   * The dossier, its row locked, once the caller may join that piece to it now.
   * @throws Refus INTROUVABLE, ACTION_INTERDITE, VALEUR_INVALIDE for a code that it does not know, or why it is closed
   */
  async ouvrir(em: EntityManager, contexte: ContexteActeur, attache: Attache, code: string): Promise<DossierOuvert> {
    return attache.candidatureId !== null
      ? this.#ouvrirCandidature(em, contexte, attache.candidatureId, code)
      : this.#ouvrirConvention(em, contexte, attache.conventionId as string, code);
  }

  /** The dossier of a piece as rights see it; null when the caller may not read it: exactly who reads the dossier. */
  async lire(em: EntityManager, contexte: ContexteActeur, attache: Attache): Promise<DossierLu | null> {
    const [lu] = await this.lireTous(em, contexte, [attache]);
    return lu ?? null;
  }

  /** Those of several pieces, in their order: a fixed number of statements whatever their count. */
  async lireTous(
    em: EntityManager,
    contexte: ContexteActeur,
    attaches: readonly Attache[],
  ): Promise<(DossierLu | null)[]> {
    const { departementId } = contexte;
    const lus = new Map<string, DossierLu>();
    const candidatureIds = attaches.flatMap(({ candidatureId }) => candidatureId ?? []);
    for (const dossier of await this.candidatures.lireTous(em, contexte, [...new Set(candidatureIds)])) {
      const { candidature, dispositif } = dossier;
      lus.set(candidature.id, { sujet: 'Candidature', objet: objetProtege(dossier), dispositif });
    }
    const conventionIds = attaches.flatMap(({ conventionId }) => conventionId ?? []);
    const conventions = await em.findBy(Convention, { departementId, id: In([...new Set(conventionIds)]) });
    for (const { convention, objet } of await this.conventions.situer(em, conventions)) {
      const dispositif = this.registre.trouver(convention.dispositif);
      lus.set(convention.id, { sujet: 'Convention', objet, dispositif });
    }
    return attaches.map(({ candidatureId, conventionId }) => {
      const lu = lus.get(candidatureId ?? conventionId ?? '');
      return lu && peut(contexte, 'lire', lu.sujet, lu.objet) ? lu : null;
    });
  }

  async #ouvrirCandidature(
    em: EntityManager,
    contexte: ContexteActeur,
    candidatureId: string,
    code: string,
  ): Promise<DossierOuvert> {
    const path = ['input', 'candidatureId'];
    const dossier = await this.candidatures.verrouiller(em, contexte, candidatureId, path);
    exigerDroit(contexte, 'joindre', 'Candidature', objetProtege(dossier), path);
    const { dispositif, candidature } = dossier;
    const situation = await this.candidatures.situation(em, dossier);
    // AMB-107: what a completion asks is given, whichever step declares it.
    const { pieces: demandees, demandeLe } = situation.complement;
    const declaration = declaree(
      dispositif,
      (piece) => piece.quand === 'DEPOT' || demandees.includes(piece.code),
      code,
    );
    const demandee = demandees.includes(code);
    const toutes = await this.#presentes(em, { ...contexte, candidatureId, code });
    const presentes = demandee && demandeLe ? toutes.filter((piece) => estDepuis(piece, demandeLe)) : toutes;
    const ajout: SituationAjout = {
      quand: 'DEPOT',
      etat: candidature.etat,
      etatBilan: null,
      attendue: declaration.obligatoire !== undefined,
      fournie: presentes.some(compte),
      demandee,
      ecrire: deciderAction('ENREGISTRER', situation),
      completer: deciderAction('RENDRE_COMPLEMENT', situation),
      continuer: situation.activation.continuer,
    };
    exiger(situer(deciderAjout(ajout), path));
    const parametres = { appelId: candidature.appelId, territoireIds: dossier.territoires.map((t) => t.id as string) };
    return { dispositif, declaration, quand: 'DEPOT', presentes, parametres };
  }

  async #ouvrirConvention(
    em: EntityManager,
    contexte: ContexteActeur,
    conventionId: string,
    code: string,
  ): Promise<DossierOuvert> {
    const path = ['input', 'conventionId'];
    const { convention, objet, situation, appelId } = await this.conventions.verrouiller(
      em,
      contexte,
      conventionId,
      path,
    );
    // Who may end a convention keeps the proof of it, on either side.
    const metFin = PIECES_DE_FIN.some((piece) => piece.code === code);
    exigerDroit(contexte, metFin ? 'signer' : 'joindre', 'Convention', objet, path);
    const dispositif = this.registre.trouver(convention.dispositif);
    if (dispositif === undefined) throw introuvable(path);
    const declaration = declaree(dispositif, ({ quand }) => quand !== 'DEPOT', code);
    const { departementId } = contexte;
    const bilan = await em.findOneBy(Bilan, { departementId, conventionId });
    const presentes = await this.#presentes(em, { departementId, conventionId, code });
    const ajout: SituationAjout = {
      quand: declaration.quand,
      etat: convention.etat,
      etatBilan: bilan?.etat ?? null,
      attendue: declaration.obligatoire !== undefined,
      fournie: presentes.some(compte),
      demandee: false,
      ecrire: situation.continuer,
      completer: situation.continuer,
      continuer: situation.continuer,
    };
    exiger(situer(deciderAjout(ajout), path));
    return {
      dispositif,
      declaration,
      quand: declaration.quand,
      presentes,
      parametres: { appelId, territoireIds: objet.territoireIds, conventionId },
    };
  }

  #presentes(
    em: EntityManager,
    { departementId, candidatureId, conventionId, code }: Partial<Attache> & { departementId: string; code: string },
  ): Promise<Piece[]> {
    const de = candidatureId ? { candidatureId } : { conventionId: conventionId as string };
    return em.findBy(Piece, { departementId, ...de, code, remplaceeLe: IsNull() });
  }
}

/** A reason that has no path of its own is about the dossier. */
function situer(decision: Decision, path: string[]): Decision {
  return { ...decision, motifs: decision.motifs.map((motif) => ({ ...motif, chemin: motif.chemin ?? path })) };
}

function declaree(
  dispositif: Dispositif,
  admise: (piece: DeclarationPiece) => boolean,
  code: string,
): DeclarationPiece {
  const possibles = piecesDe(dispositif).filter(admise);
  const trouvee = possibles.find((piece) => piece.code === code);
  if (trouvee !== undefined) return trouvee;
  const codes = possibles.map((piece) => `${piece.libelle} (${piece.code})`).join(', ') || 'aucun';
  throw Refus.de('VALEUR_INVALIDE', `Ce dossier n’attend pas de pièce de ce code ; codes attendus : ${codes}.`, {
    path: ['input', 'code'],
    regle: 'TRANS-27',
  });
}
