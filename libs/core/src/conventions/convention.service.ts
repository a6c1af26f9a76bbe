import { type ContexteActeur, exigerDroit, habilitationsQuiPermettent } from '@sillage/access';
import { type Dispositif, RegistreDispositifs } from '@sillage/dispositif-kit';
import {
  aujourdhui,
  type DateCivile,
  dateCivile,
  elaguer,
  exiger,
  type Horloge,
  jourDe,
  Periode,
  Refus,
} from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { HORLOGE, introuvable, lireDate, lireId, lireMontantPositif, numeroter } from '../api/index.js';
import { CandidatureService } from '../candidatures/index.js';
import { EnveloppeService } from '../comptabilite/index.js';
import { JournalService } from '../journal/index.js';
import { PiecesFournies } from '../pieces/pieces-fournies.js';
import { EvenementsDossier } from '../versements/index.js';
import { Convention, ConventionSignature, ConventionTerritoire, type Partie } from './convention.entity.js';
import { ControlesConvention } from './convention.controles.js';
import { cheminsDeSignature, Cumuls } from './cumuls.js';
import { deciderDateDeSignature, deciderSignature, signePour } from './convention.policy.js';
import { type ConventionSituee, SituationsConvention } from './convention.situation.js';

export interface PreparationConvention {
  candidatureId: string;
  du: string;
  /** Last day, inclusive. */
  au: string;
  /** Euros as text. */
  montant: string;
  termes: unknown;
}

export interface Signature {
  conventionId: string;
  partie: Partie;
  signeeLe: string;
  /** Capacity of the signatory: "présidente", "directeur par délégation". */
  qualite: string;
}

/** Prepares a convention from a retained candidature, and collects its two signatures. Runs in the caller's transaction. */
@Injectable()
export class ConventionService {
  constructor(
    private readonly registre: RegistreDispositifs,
    private readonly candidatures: CandidatureService,
    private readonly controles: ControlesConvention,
    private readonly situations: SituationsConvention,
    private readonly pieces: PiecesFournies,
    private readonly cumuls: Cumuls,
    private readonly enveloppes: EnveloppeService,
    private readonly evenements: EvenementsDossier,
    private readonly journal: JournalService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /**
   * @throws Refus DUREE_SUPERIEURE_AU_MAXIMUM, MONTANT_SUPERIEUR_AU_PLAFOND with the dispositif's rules, or what `ouvrir` refuses
   */
  async preparer(
    em: EntityManager,
    contexte: ContexteActeur,
    dispositif: Dispositif,
    input: PreparationConvention,
  ): Promise<string> {
    const dossier = await this.candidatures.ouvrir(em, contexte, input.candidatureId, 'CONVENTIONNER');
    const { candidature } = dossier;
    if (candidature.dispositif !== dispositif.code) throw introuvable(['input', 'candidatureId']);
    const maintenant = this.horloge.maintenant();
    const date = jourDe(maintenant);
    const periode = lirePeriode(input, date);
    const montant = lireMontantPositif(input.montant, ['input', 'montant'], 'TRANS-09');
    const plafond = await this.controles.exiger(em, dispositif, {
      candidature,
      champs: candidature.champs,
      periode,
      montant,
      termes: input.termes,
      date,
      conventionId: null,
      dossier: { appelId: candidature.appelId, territoireIds: dossier.territoires.map((t) => t.id) },
    });
    const { departementId } = contexte;
    const id = uuidv7();
    await em.insert(Convention, {
      departementId,
      id,
      numero: await numeroter(em, departementId, 'CONV', date.year),
      candidatureId: candidature.id,
      dispositif: dispositif.code,
      structureId: candidature.structureId,
      etat: 'PROJET',
      du: periode.du,
      au: dateCivile(input.au),
      montant,
      termes: input.termes as Record<string, object>,
      plafond: plafond as object,
      creeLe: maintenant,
      creePar: contexte.acteur.utilisateurId,
      modifieLe: maintenant,
    });
    const territoires = dossier.territoires.map((t) => ({ departementId, conventionId: id, territoireId: t.id }));
    await em.insert(ConventionTerritoire, territoires);
    await this.candidatures.changer(em, contexte, dossier, 'candidatureConventionner', { etat: 'CONVENTIONNEE' });
    await this.journal.ecrire(em, contexte, {
      action: `convention${dispositif.prefixe}Preparer`,
      objetType: 'Convention',
      objetId: id,
      regles: [dispositif.convention.regles.duree, dispositif.convention.regles.plafond],
      details: { montant: montant.toString(), du: input.du, au: input.au },
    });
    return id;
  }

  /**
   * Records a party's signature; the second one signs the convention, commits its amount, and asks for the payments due at signature.
   * @throws Refus SOLDE_INSUFFISANT when the enveloppe does not cover it, or what a preparation refuses across the structure's conventions:
   *   nobody has then signed
   */
  async signer(em: EntityManager, contexte: ContexteActeur, input: Signature): Promise<string> {
    const { departementId } = contexte;
    const situee = await this.situations.verrouiller(
      em,
      contexte,
      lireId('Convention', input.conventionId, CHEMIN_ID),
      CHEMIN_ID,
    );
    const { convention, objet, situation, decisionPriseLe } = situee;
    exigerDroit(contexte, 'signer', 'Convention', objet, CHEMIN_ID);
    const habilitations = habilitationsQuiPermettent(contexte, 'signer', 'Convention', objet);
    if (!signePour(input.partie, habilitations, convention.structureId)) {
      throw Refus.de('ACTION_INTERDITE', 'Votre habilitation ne permet pas de signer pour cette partie.', {
        path: ['input', 'partie'],
        regle: 'TRANS-29',
      });
    }
    exiger(deciderSignature(input.partie, situation));
    await this.refuserMemeSignataire(em, contexte, convention.id);
    const dispositif = this.registre.trouver(convention.dispositif) as Dispositif;
    const demande = { quand: 'CONVENTION', chemin: CHEMIN_ID, liberees: true } as const;
    await this.pieces.exigerConvention(em, dispositif, convention, demande);
    const signeeLe = lireDate(input.signeeLe, ['input', 'signeeLe']);
    exiger(deciderDateDeSignature(signeeLe, aujourdhui(this.horloge), decisionPriseLe));
    await em.insert(ConventionSignature, {
      departementId,
      id: uuidv7(),
      conventionId: convention.id,
      partie: input.partie,
      signeeLe,
      qualite: exigerQualite(input.qualite),
      saisieLe: this.horloge.maintenant(),
      saisiePar: contexte.acteur.utilisateurId,
    });
    await this.journal.ecrire(em, contexte, {
      action: 'conventionSigner',
      objetType: 'Convention',
      objetId: convention.id,
      regles: ['TRANS-09', 'AMB-097'],
      details: { partie: input.partie, signeeLe: input.signeeLe },
    });
    if (situation.signataires.length === 1) await this.conclure(em, contexte, situee, signeeLe);
    else await em.update(Convention, { departementId, id: convention.id }, { modifieLe: this.horloge.maintenant() });
    return convention.id;
  }

  /** One person does not bind both parties, whatever their habilitations. */
  private async refuserMemeSignataire(
    em: EntityManager,
    { departementId, acteur }: ContexteActeur,
    conventionId: string,
  ): Promise<void> {
    if (!(await em.existsBy(ConventionSignature, { departementId, conventionId, saisiePar: acteur.utilisateurId })))
      return;
    throw Refus.de('AUTEUR_VALIDEUR_IDENTIQUES', 'Vous avez déjà saisi la signature de l’autre partie.', {
      path: ['input', 'partie'],
      regle: 'TRANS-29',
    });
  }

  /** AMB-097: the last signature is the one that counts. */
  private async conclure(
    em: EntityManager,
    contexte: ContexteActeur,
    { convention, candidature, appelId, objet: { territoireIds } }: ConventionSituee,
    derniere: DateCivile,
  ): Promise<void> {
    const { departementId, id, montant, du, au } = convention;
    const dispositif = this.registre.trouver(convention.dispositif) as Dispositif;
    await this.cumuls.exigerALaSignature(
      em,
      dispositif,
      { candidature, conventionId: id, periode: Periode.de(du, au), montant, chemins: cheminsDeSignature(CHEMIN_ID) },
      { date: aujourdhui(this.horloge), dossier: { appelId, territoireIds, conventionId: id } },
    );
    await this.enveloppes.engager(em, contexte, { dispositif, appelId, conventionId: id, montant });
    const [premiere] = await em.find(ConventionSignature, {
      where: { departementId, conventionId: id },
      order: { signeeLe: 'ASC' },
    });
    const signeeLe =
      premiere !== undefined && premiere.signeeLe.since(derniere).days > 0 ? premiere.signeeLe : derniere;
    await em.update(
      Convention,
      { departementId, id },
      { etat: 'SIGNEE', signeeLe, modifieLe: this.horloge.maintenant() },
    );
    await this.evenements.annoncer(em, { departementId, conventionId: id, evenement: 'CONVENTION_SIGNEE' });
  }
}

const CHEMIN_ID = ['input', 'conventionId'];

function lirePeriode({ du, au }: PreparationConvention, jour: DateCivile): Periode {
  const debut = lireDate(du, ['input', 'du']);
  const fin = lireDate(au, ['input', 'au']);
  if (fin.since(jour).days < 0) {
    throw Refus.de('PERIODE_INVALIDE', 'La convention serait finie avant d’être signée.', {
      path: ['input', 'au'],
      regle: 'TRANS-09',
    });
  }
  if (fin.since(debut).days >= 0) return Periode.de(debut, fin);
  throw Refus.de('PERIODE_INVALIDE', 'La convention finit avant d’avoir commencé.', {
    path: ['input', 'au'],
    regle: 'TRANS-09',
  });
}

export function exigerQualite(qualite: string): string {
  const texte = elaguer(qualite);
  if (texte !== '' && texte.length <= 200) return texte;
  throw Refus.de('CHAMP_OBLIGATOIRE', 'La qualité du signataire est à renseigner, en 200 caractères au plus.', {
    path: ['input', 'qualite'],
    regle: 'TRANS-09',
  });
}
