import type { ContexteActeur } from '@sillage/access';
import { type Champs, type Dispositif, lireBrouillon } from '@sillage/dispositif-kit';
import { type DateCivile, dateEnFrancais, elaguer, exiger, jourDe, non, Refus, Temporal } from '@sillage/kernel';
import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { introuvable, lireDate } from '../api/index.js';
import { type DossierCandidature, DossiersCandidature, lireChamps } from './candidature.dossier.js';
import { CandidatureService, dejaChangee } from './candidature.service.js';
import { CandidatureComplement } from './complement.entity.js';
import { MessagesCandidature } from './messages-candidature.js';

export interface DemandeComplement {
  candidatureId: string;
  champs: readonly string[];
  pieces: readonly string[];
  texte: string;
  echeance?: string | null;
}

export interface ReponseComplement {
  candidatureId: string;
  version: number;
  champs?: object | null;
  reponse?: string | null;
}

const REGLE = 'AMB-107';
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
    private readonly messages: MessagesCandidature,
  ) {}

  /** @throws Refus INTROUVABLE, ACTION_INTERDITE, ETAT_INCOMPATIBLE, APPEL_CLOS, VALEUR_INVALIDE, CHAMP_OBLIGATOIRE, PERIODE_INVALIDE */
  async demander(em: EntityManager, contexte: ContexteActeur, demande: DemandeComplement): Promise<string> {
    const dossier = await this.candidatures.ouvrir(em, contexte, demande.candidatureId, 'DEMANDER_COMPLEMENT');
    const { candidature, dispositif, appel, lueLe } = dossier;
    const { champs } = dispositif.candidature;
    const cles = lireCles(champs, demande.champs);
    const pieces = lirePieces(demande.pieces);
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
      pieces,
      texte,
      echeance,
      demandeLe: lueLe,
      demandePar: contexte.acteur.utilisateurId,
      avant: choisir(candidature.champs, cles) as Record<string, object>,
    });
    await this.candidatures.changer(em, contexte, dossier, 'candidatureDemanderComplement', {});
    const quoi = [...cles.map((cle) => champs[cle]?.options.libelle), ...pieces].join(', ');
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
    const complement = await em.findOneByOrFail(CandidatureComplement, {
      departementId,
      candidatureId: candidature.id,
      renduLe: IsNull(),
    });
    const saisis = lireDemandes(dispositif.candidature.champs, complement.champs, rendu.champs ?? {});
    const reponse = lireTexte(rendu.reponse ?? '', 'reponse');
    if (Object.keys(saisis).length === 0 && reponse === null) {
      const message = 'Complétez au moins un des champs demandés, ou dites votre réponse.';
      throw Refus.de('CHAMP_OBLIGATOIRE', message, { path: ['input', 'champs'], regle: REGLE });
    }
    const champs = { ...candidature.champs, ...saisis };
    const complete = { ...dossier, candidature: { ...candidature, champs } };
    lireChamps(complete);
    const { refus } = await this.dossiers.recevabilite(em, complete);
    if (refus.length > 0) exiger(non(refus));
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

function lireCles(champs: Champs, demandes: readonly string[]): string[] {
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

function lirePieces(donnees: readonly string[]): string[] {
  const pieces = [...new Set(donnees.map(elaguer))];
  if (pieces.length <= PIECES_MAX && pieces.every((nom) => nom.length > 0 && nom.length <= 200)) return pieces;
  const message = `Au plus ${PIECES_MAX} pièces, chacune nommée en 200 caractères.`;
  throw Refus.de('VALEUR_INVALIDE', message, { path: ['input', 'pieces'], regle: REGLE });
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
