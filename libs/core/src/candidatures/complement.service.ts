import type { ContexteActeur } from '@sillage/access';
import {
  type Champs,
  type DeclarationPiece,
  type Dispositif,
  lireBrouillon,
  pieceManquante,
} from '@sillage/dispositif-kit';
import {
  type DateCivile,
  dateEnFrancais,
  elaguer,
  exiger,
  jourDe,
  type Motif,
  non,
  Refus,
  Temporal,
} from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { introuvable, lireDate, lireMotif } from '../api/index.js';
import { PiecesFournies } from '../pieces/pieces-fournies.js';
import { type DossierCandidature, DossiersCandidature, lireChamps } from './candidature.dossier.js';
import { CandidatureService, dejaChangee } from './candidature.service.js';
import { CandidatureComplement } from './complement.entity.js';
import { MessagesCandidature } from './messages-candidature.js';
import { Recepisses } from './recepisses.js';

export interface DemandeComplement {
  candidatureId: string;
  champs: readonly string[];
  pieces: readonly string[];
  texte: string;
  echeance?: string | null;
}

export interface RetraitComplement {
  candidatureId: string;
  motif: string;
}

export interface ReponseComplement {
  candidatureId: string;
  version: number;
  champs?: object | null;
  reponse?: string | null;
}

const REGLE = 'AMB-107';
const CHAMPS_MAX = 100;
const PIECES_MAX = 20;
const TEXTE_MAX = 5000;
/** Nobody waits longer for an answer. */
const JOURS_MAX = 365;

/** What the Département asks to complete, and the porteur's answer: it changes what was asked, and nothing else. */
@Injectable()
export class ComplementService {
  constructor(
    private readonly candidatures: CandidatureService,
    private readonly dossiers: DossiersCandidature,
    private readonly pieces: PiecesFournies,
    private readonly recepisses: Recepisses,
    private readonly messages: MessagesCandidature,
  ) {}

  /** @throws Refus INTROUVABLE, ACTION_INTERDITE, ETAT_INCOMPATIBLE, APPEL_CLOS, VALEUR_INVALIDE, CHAMP_OBLIGATOIRE, PERIODE_INVALIDE */
  async demander(em: EntityManager, contexte: ContexteActeur, demande: DemandeComplement): Promise<string> {
    const dossier = await this.candidatures.ouvrir(em, contexte, demande.candidatureId, 'DEMANDER_COMPLEMENT');
    const { candidature, dispositif, appel, lueLe } = dossier;
    const { champs } = dispositif.candidature;
    const cles = lireCles(champs, demande.champs);
    const pieces = lirePieces(dispositif.pieces ?? [], demande.pieces);
    if (cles.length + pieces.length === 0) {
      const message = 'Dites ce qui est à compléter : au moins un champ, ou une pièce.';
      throw Refus.de('CHAMP_OBLIGATOIRE', message, { path: ['input', 'champs'], regle: REGLE });
    }
    const texte = lireTexte(demande.texte, 'texte');
    if (texte === null) {
      throw Refus.de('CHAMP_OBLIGATOIRE', 'Dites pourquoi.', { path: ['input', 'texte'], regle: REGLE });
    }
    const echeance = await this.lireEcheance(em, dossier, demande.echeance ?? null);
    const id = uuidv7();
    await em.insert(CandidatureComplement, {
      departementId: contexte.departementId,
      id,
      candidatureId: candidature.id,
      champs: cles,
      reserves: cles.filter((cle) => champs[cle]?.options.visiblePar !== undefined),
      pieces: pieces.map(({ code }) => code),
      texte,
      echeance,
      demandeLe: lueLe,
      demandePar: contexte.acteur.utilisateurId,
      avant: choisir(candidature.champs, cles) as Record<string, object>,
    });
    await this.candidatures.changer(em, contexte, dossier, 'candidatureDemanderComplement', {});
    const quoi = [...cles.map((cle) => champs[cle]?.options.libelle), ...pieces.map((p) => p.libelle)].join(', ');
    await this.messages.ecrire(em, contexte.departementId, [
      {
        candidatureId: candidature.id,
        destinataire: 'PORTEUR',
        nature: 'COMPLEMENT_DEMANDE',
        cle: id,
        texte: `« ${appel.libelle} » : le Département demande à compléter la candidature au plus tard le ${dateEnFrancais(echeance)} : ${quoi}.`,
        regle: REGLE,
      },
    ]);
    return candidature.id;
  }

  /** @throws Refus as above, and CONFLIT_DE_VERSION, or why the completed file is not admissible */
  async rendre(
    em: EntityManager,
    contexte: ContexteActeur,
    dispositif: Dispositif,
    rendu: ReponseComplement,
  ): Promise<string> {
    const dossier = await this.candidatures.ouvrir(em, contexte, rendu.candidatureId, 'RENDRE_COMPLEMENT');
    const { candidature, lueLe } = dossier;
    const { departementId } = contexte;
    if (candidature.dispositif !== dispositif.code) throw introuvable(['input', 'candidatureId']);
    if (candidature.version !== rendu.version) throw dejaChangee(candidature.version);
    const complement = await lireAttendu(em, departementId, candidature.id);
    const saisis = lireDemandes(dispositif.candidature.champs, complement.champs, rendu.champs ?? {});
    const reponse = lireTexte(rendu.reponse ?? '', 'reponse');
    if (Object.keys(saisis).length === 0 && reponse === null && complement.pieces.length === 0) {
      const message = 'Complétez au moins un des champs demandés, ou dites votre réponse.';
      throw Refus.de('CHAMP_OBLIGATOIRE', message, { path: ['input', 'champs'], regle: REGLE });
    }
    const champs = { ...candidature.champs, ...saisis };
    const complete = { ...dossier, candidature: { ...candidature, champs } };
    lireChamps(complete, ['input', 'champs']);
    await this.exigerPieces(em, dispositif, complement);
    const { refus } = await this.dossiers.recevabilite(em, complete);
    if (refus.length > 0) exiger(non(refus.map(dansLaDemande)));
    await em.update(
      CandidatureComplement,
      { departementId, id: complement.id },
      {
        renduLe: lueLe,
        renduPar: contexte.acteur.utilisateurId,
        reponse,
        apres: choisir(champs, complement.champs) as Record<string, object>,
      },
    );
    await this.candidatures.changer(em, contexte, dossier, 'candidatureRendreComplement', {
      champs: champs as Record<string, object>,
    });
    await this.recepisses.delivrer(em, dossier, { cle: complement.id, depuis: complement.demandeLe });
    const tard = Temporal.PlainDate.compare(jourDe(lueLe), complement.echeance) > 0;
    const quand = tard ? `après l’échéance du ${dateEnFrancais(complement.echeance)}` : 'dans le délai';
    await this.messages.ecrire(em, departementId, [
      {
        candidatureId: candidature.id,
        destinataire: 'DEPARTEMENT',
        nature: 'COMPLEMENT_RENDU',
        cle: complement.id,
        texte: `Candidature ${candidature.numero} : le porteur a répondu à la demande de complément, ${quand}.`,
        regle: REGLE,
      },
    ]);
    return candidature.id;
  }

  /** Nothing is asked any more: the instruction goes on. @throws Refus as above */
  async retirer(em: EntityManager, contexte: ContexteActeur, retrait: RetraitComplement): Promise<string> {
    const dossier = await this.candidatures.ouvrir(em, contexte, retrait.candidatureId, 'RETIRER_COMPLEMENT');
    const { candidature, appel, lueLe } = dossier;
    const { departementId, acteur } = contexte;
    const motifRetrait = lireMotif(retrait.motif, REGLE);
    const { id } = await lireAttendu(em, departementId, candidature.id);
    const retiree = { retireLe: lueLe, retirePar: acteur.utilisateurId, motifRetrait };
    await em.update(CandidatureComplement, { departementId, id }, retiree);
    await this.candidatures.changer(em, contexte, dossier, 'candidatureRetirerComplement', {});
    await this.messages.ecrire(em, departementId, [
      {
        candidatureId: candidature.id,
        destinataire: 'PORTEUR',
        nature: 'COMPLEMENT_RETIRE',
        cle: id,
        texte: `« ${appel.libelle} » : le Département ne demande plus de compléter la candidature ; il n’y a rien à répondre.`,
        regle: REGLE,
      },
    ]);
    return candidature.id;
  }

  /** What was asked has come since: what was there before does not answer. */
  private async exigerPieces(
    em: EntityManager,
    { pieces = [] }: Dispositif,
    { departementId, candidatureId, pieces: demandees, demandeLe }: CandidatureComplement,
  ): Promise<void> {
    const recues = await this.pieces.recues(em, departementId, candidatureId, demandeLe);
    // A code that the dispositif declares no more can be given no more.
    const manquantes = pieces.filter(({ code }) => demandees.includes(code) && !recues.some((p) => p.code === code));
    if (manquantes.length > 0) exiger(non(manquantes.map((piece) => ({ ...pieceManquante(piece), regle: REGLE }))));
  }

  /** The day that is said, or so many days from now: never past, and never after the closing where nothing is completed after it. */
  private async lireEcheance(em: EntityManager, dossier: DossierCandidature, dite: string | null): Promise<DateCivile> {
    const path = ['input', 'echeance'];
    const aujourdhui = jourDe(dossier.lueLe);
    const { apresCloture, delai } = await this.dossiers.reglesDeComplement(em, dossier);
    const { cloture } = dossier.appel;
    const borne = apresCloture ? aujourdhui.add({ days: JOURS_MAX }) : cloture;
    if (dite === null) {
      const calculee = aujourdhui.add({ days: delai });
      return Temporal.PlainDate.compare(calculee, borne) > 0 ? borne : calculee;
    }
    const echeance = lireDate(dite, path);
    if (Temporal.PlainDate.compare(echeance, aujourdhui) < 0) {
      throw Refus.de('PERIODE_INVALIDE', 'Ce jour est passé.', { path, regle: REGLE });
    }
    if (Temporal.PlainDate.compare(echeance, borne) <= 0) return echeance;
    const message = apresCloture
      ? `Au plus tard le ${dateEnFrancais(borne)}.`
      : `Au plus tard le ${dateEnFrancais(borne)}, jour de clôture : rien ne se complète ensuite.`;
    throw Refus.de('PERIODE_INVALIDE', message, { path, regle: REGLE });
  }
}

function lireAttendu(em: EntityManager, departementId: string, candidatureId: string): Promise<CandidatureComplement> {
  const attendu = { departementId, candidatureId, renduLe: IsNull(), retireLe: IsNull() };
  return em.findOneByOrFail(CandidatureComplement, attendu);
}

/** A rule on fields speaks of those that were sent. */
function dansLaDemande(motif: Motif): Motif {
  return motif.chemin?.[0] === 'champs' ? { ...motif, chemin: ['input', ...motif.chemin] } : motif;
}

function exigerPeu(liste: readonly string[], max: number, nom: 'champs' | 'pieces'): void {
  if (liste.length <= max) return;
  throw Refus.de('VALEUR_INVALIDE', `La liste compte ${max} éléments au plus.`, { path: ['input', nom], regle: REGLE });
}

/** Said twice, asked once. */
function lireCles(champs: Champs, demandes: readonly string[]): string[] {
  exigerPeu(demandes, CHAMPS_MAX, 'champs');
  const inconnues = demandes.flatMap((cle, rang) => (Object.hasOwn(champs, cle) ? [] : [{ cle, rang }]));
  if (inconnues.length === 0) return [...new Set(demandes)];
  throw new Refus(
    inconnues.map(({ cle, rang }) => ({
      code: 'VALEUR_INVALIDE',
      message: `Le formulaire n’a pas de champ « ${cle} ».`,
      path: ['input', 'champs', String(rang)],
      regle: REGLE,
    })),
  );
}

/** Those of the dispositif, whichever step declares them: what is asked can be given. Said twice, asked once. */
function lirePieces(declarees: readonly DeclarationPiece[], demandes: readonly string[]): DeclarationPiece[] {
  exigerPeu(demandes, PIECES_MAX, 'pieces');
  const inconnues = demandes.flatMap((code, rang) => (declarees.some((p) => p.code === code) ? [] : [rang]));
  if (inconnues.length === 0) return declarees.filter(({ code }) => demandes.includes(code));
  const codes = declarees.map(({ code, libelle }) => `${libelle} (${code})`).join(', ') || 'aucun';
  const message = `Le dispositif ne déclare pas de pièce de ce code ; codes admis : ${codes}.`;
  throw new Refus(
    inconnues.map((rang) => ({
      code: 'VALEUR_INVALIDE',
      message,
      path: ['input', 'pieces', String(rang)],
      regle: REGLE,
    })),
  );
}

function lireTexte(donnee: string, champ: string): string | null {
  const texte = elaguer(donnee);
  if (texte.length <= TEXTE_MAX) return texte || null;
  throw Refus.de('VALEUR_INVALIDE', 'Le texte tient en 5 000 caractères.', { path: ['input', champ], regle: REGLE });
}

/** What is given of the asked fields. @throws Refus for each that was not asked */
function lireDemandes(champs: Champs, demandes: readonly string[], donnees: object): Record<string, unknown> {
  const donnes = Object.fromEntries(Object.entries(donnees).filter(([, valeur]) => valeur !== undefined));
  const hors = Object.keys(donnes).filter((cle) => !demandes.includes(cle));
  if (hors.length === 0) return lireBrouillon(champs, donnes, ['input', 'champs']);
  throw new Refus(
    hors.map((cle) => ({
      code: 'VALEUR_INVALIDE',
      message: `« ${champs[cle]?.options.libelle ?? cle} » n’a pas été demandé : il ne change plus.`,
      path: ['input', 'champs', cle],
      regle: REGLE,
    })),
  );
}

function choisir(champs: Readonly<Record<string, unknown>>, cles: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(cles.map((cle) => [cle, champs[cle] ?? null]));
}
