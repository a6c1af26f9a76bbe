import { type ContexteActeur, exigerDroit, peut } from '@sillage/access';
import { debutDuJour, exiger, finDuJour, type Horloge, Refus } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { ActivationService, lireTerritoires } from '../activations/index.js';
import { HORLOGE } from '../api/horloge.provider.js';
import { insererSiLibre } from '../api/inserer-si-libre.js';
import { introuvable } from '../api/index.js';
import { DispositifService } from '../dispositifs/index.js';
import { JournalService } from '../journal/index.js';
import { type Territoire, TerritoireService } from '../territoires/index.js';
import { AppelEntity, AppelTerritoireEntity } from './appel.entity.js';
import { type DemandeAppel, exigerOrdre, type RetoucheAppel } from './appel.saisie.js';
import { AppelService } from './appel.service.js';
import { deciderSession } from './sessions.js';

const CHEMIN_ID = ['input', 'id'];
const CHEMIN_TERRITOIRES = ['input', 'territoires'];

/** Writes appels, for the administrator: a draft is created, changed, then published and changes no more (TRANS-03). */
@Injectable()
export class RedactionAppels {
  constructor(
    private readonly appels: AppelService,
    private readonly dispositifs: DispositifService,
    private readonly territoires: TerritoireService,
    private readonly activations: ActivationService,
    private readonly journal: JournalService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /**
   * @param origine uuid of the earlier appel that it is made from
   * @returns its id
   * @throws Refus DISPOSITIF_INCONNU, INTROUVABLE, ACTION_INTERDITE, DOUBLON
   */
  async creer(
    em: EntityManager,
    contexte: ContexteActeur,
    demande: DemandeAppel,
    origine: string | null = null,
  ): Promise<string> {
    const dispositif = this.dispositifs.exiger(contexte, demande.dispositif, ['input', 'dispositif']);
    const territoires = await this.lireTerritoires(em, contexte, demande.territoires);
    const territoireIds = territoires.map(({ id }) => id);
    const objet = { dispositif: dispositif.code, territoireIds, etat: 'BROUILLON' };
    exigerDroit(contexte, 'creer', 'Appel', objet, ['input', 'dispositif']);

    const id = uuidv7();
    const { departementId } = contexte;
    const { code, libelle, ouverture, cloture, presentation } = demande;
    const maintenant = this.horloge.maintenant();
    const ecrits = await insererSiLibre(em, AppelEntity, [
      {
        departementId,
        id,
        dispositif: dispositif.code,
        code,
        libelle,
        ouverture,
        cloture,
        etat: 'BROUILLON',
        creeLe: maintenant,
        modifieLe: maintenant,
        presentation,
        issuDe: origine,
      },
    ]);
    if (ecrits.length === 0) {
      const message = `Un appel porte déjà le code « ${code} » : choisissez-en un autre.`;
      throw Refus.de('DOUBLON', message, { path: ['input', 'code'], regle: 'TRANS-03' });
    }
    await this.ecrireTerritoires(em, departementId, id, territoires);
    const dates = { ouverture: ouverture.toString(), cloture: cloture.toString() };
    await this.journaliser(em, contexte, 'APPEL_CREER', id, { code, ...dates, territoires: codes(territoires) });
    return id;
  }

  /** @returns its id @throws Refus INTROUVABLE, ACTION_INTERDITE, ETAT_INCOMPATIBLE, PERIODE_INVALIDE */
  async modifier(em: EntityManager, contexte: ContexteActeur, retouche: RetoucheAppel): Promise<string> {
    const appel = await this.ouvrir(em, contexte, retouche.id, 'modifier');
    const { departementId } = contexte;
    const libelle = retouche.libelle ?? appel.libelle;
    const ouverture = retouche.ouverture ?? appel.ouverture;
    const cloture = retouche.cloture ?? appel.cloture;
    exigerOrdre(ouverture, cloture);
    const cle = { departementId, id: appel.id };
    const presentation = retouche.presentation === undefined ? appel.presentation : retouche.presentation;
    const modifieLe = this.horloge.maintenant();
    await em.update(AppelEntity, cle, { libelle, ouverture, cloture, presentation, modifieLe });
    const details = { ouverture: ouverture.toString(), cloture: cloture.toString() };
    if (retouche.territoires === null) {
      await this.journaliser(em, contexte, 'APPEL_MODIFIER', appel.id, details);
      return appel.id;
    }
    const territoires = await this.lireTerritoires(em, contexte, retouche.territoires);
    await em.delete(AppelTerritoireEntity, { departementId, appelId: appel.id });
    await this.ecrireTerritoires(em, departementId, appel.id, territoires);
    await this.journaliser(em, contexte, 'APPEL_MODIFIER', appel.id, { ...details, territoires: codes(territoires) });
    return appel.id;
  }

  /**
   * An appel is announced only where its dispositif is on at some moment of its window (TRANS-01), and where no other one of it is open on
   * the same days: the sessions of a year come one after the other (AMB-042).
   * @returns its id
   * @throws Refus INTROUVABLE, ACTION_INTERDITE, ETAT_INCOMPATIBLE, DISPOSITIF_INACTIF
   */
  async publier(em: EntityManager, contexte: ContexteActeur, id: string): Promise<string> {
    const appel = await this.ouvrir(em, contexte, id, 'publier');
    const { departementId } = contexte;
    const territoireIds = await this.appels.territoireIds(em, departementId, id);
    const fenetre = { du: debutDuJour(appel.ouverture), au: finDuJour(appel.cloture) };
    const demande = { dispositif: appel.dispositif, territoireIds, pour: 'ANNONCER', ...fenetre } as const;
    await this.activations.exiger(em, departementId, demande, CHEMIN_ID);
    // One publication of a dispositif at a time: the second finds the first's window, and is told.
    const verrou = `appel\n${departementId}\n${appel.dispositif}`;
    await em.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [verrou]);
    exiger(await deciderSession(em, appel, territoireIds, CHEMIN_ID));
    const maintenant = this.horloge.maintenant();
    await em.update(
      AppelEntity,
      { departementId, id },
      { etat: 'PUBLIE', publieLe: maintenant, modifieLe: maintenant },
    );
    await this.journaliser(em, contexte, 'APPEL_PUBLIER', id, { code: appel.code });
    return id;
  }

  /** The draft, locked until the end of the transaction. */
  private async ouvrir(
    em: EntityManager,
    contexte: ContexteActeur,
    id: string,
    action: 'modifier' | 'publier',
  ): Promise<AppelEntity> {
    const { departementId } = contexte;
    const appel = await em.findOne(AppelEntity, { where: { departementId, id }, lock: { mode: 'pessimistic_write' } });
    if (appel === null) throw introuvable(CHEMIN_ID);
    const territoireIds = await this.appels.territoireIds(em, departementId, id);
    const objet = { dispositif: appel.dispositif, territoireIds, etat: appel.etat };
    if (!peut(contexte, 'lire', 'Appel', objet)) throw introuvable(CHEMIN_ID);
    exigerDroit(contexte, action, 'Appel', objet, CHEMIN_ID);
    if (appel.etat === 'BROUILLON') return appel;
    const message = `« ${appel.libelle} » est publié : il ne change plus.`;
    throw Refus.de('ETAT_INCOMPATIBLE', message, { path: CHEMIN_ID, regle: 'TRANS-03' });
  }

  private lireTerritoires(em: EntityManager, contexte: ContexteActeur, noms: readonly string[]): Promise<Territoire[]> {
    return lireTerritoires(this.territoires, em, contexte, noms, CHEMIN_TERRITOIRES);
  }

  private async ecrireTerritoires(
    em: EntityManager,
    departementId: string,
    appelId: string,
    territoires: readonly Territoire[],
  ): Promise<void> {
    const lignes = territoires.map(({ id }) => ({ departementId, appelId, territoireId: id }));
    await em.insert(AppelTerritoireEntity, lignes);
  }

  private async journaliser(
    em: EntityManager,
    contexte: ContexteActeur,
    action: string,
    objetId: string,
    details: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.journal.ecrire(em, contexte, { action, objetType: 'Appel', objetId, regles: ['TRANS-03'], details });
  }
}

function codes(territoires: readonly Territoire[]): string[] {
  return territoires.map(({ code }) => code);
}
