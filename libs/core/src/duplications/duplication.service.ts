import { type ContexteActeur, exigerDroit } from '@sillage/access';
import type { Dispositif } from '@sillage/dispositif-kit';
import { ajouterMois, aujourdhui, type Horloge, Refus } from '@sillage/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { HORLOGE, introuvable } from '../api/index.js';
import { AppelService, RedactionAppels } from '../appels/index.js';
import { exigerOrdre } from '../appels/appel.saisie.js';
import { DispositifService } from '../dispositifs/index.js';
import { ParametreService, SurchargeService } from '../parametres/index.js';
import { exigerParametre, exigerValeur } from '../parametres/surcharge.service.js';
import { Territoire } from '../territoires/index.js';
import type { DemandeDuplication } from './duplication.saisie.js';
import { planifierReprise } from './reprise.plan.js';

const SOURCE = ['input', 'appelId'];

/**
 * Makes a draft appel from an earlier one, whatever its dispositif: its territories, its text, the values decided for it, later by so many
 * months. The earlier one, its candidatures and its conventions stay as they are (TRANS-02, TRANS-03).
 */
@Injectable()
export class DuplicationAppels {
  constructor(
    private readonly appels: AppelService,
    private readonly redaction: RedactionAppels,
    private readonly dispositifs: DispositifService,
    private readonly parametres: ParametreService,
    private readonly surcharges: SurchargeService,
    @Inject(HORLOGE) private readonly horloge: Horloge,
  ) {}

  /**
   * @returns the new appel's id
   * @throws Refus INTROUVABLE, ACTION_INTERDITE, DOUBLON, PERIODE_INVALIDE, PARAMETRE_INCONNU, VALEUR_INVALIDE
   */
  async dupliquer(em: EntityManager, contexte: ContexteActeur, demande: DemandeDuplication): Promise<string> {
    const { departementId } = contexte;
    const source = await this.appels.trouver(em, contexte, demande.appelId);
    if (source === null) throw introuvable(SOURCE);
    const territoireIds = await this.appels.territoireIds(em, departementId, source.id);
    const objet = { dispositif: source.dispositif, territoireIds, etat: 'BROUILLON' };
    exigerDroit(contexte, 'creer', 'Appel', objet, SOURCE);
    exigerDroit(contexte, 'parametrer', 'Parametre', { dispositif: source.dispositif }, SOURCE);
    const dispositif = this.dispositifs.exiger(contexte, source.dispositif, SOURCE);
    const changees = lireChangees(dispositif, demande.parametres);

    const { decalageMois, motif } = demande;
    const ouverture = demande.ouverture ?? ajouterMois(source.ouverture, decalageMois);
    const cloture = demande.cloture ?? ajouterMois(source.cloture, decalageMois);
    exigerOrdre(ouverture, cloture);
    const territoires = await em.findBy(Territoire, { departementId, id: In(territoireIds) });
    const aCreer = {
      dispositif: dispositif.code,
      code: demande.code,
      libelle: demande.libelle ?? pourLAnnee(source.libelle, source.ouverture.year, ouverture.year),
      ouverture,
      cloture,
      territoires: demande.territoires ?? territoires.map(({ code }) => code),
      presentation: demande.presentation === undefined ? source.presentation : demande.presentation,
    };
    const id = await this.redaction.creer(em, contexte, aCreer, source.id);
    const decidees = await this.parametres.surcharges(em, departementId, dispositif, { appelId: source.id });
    const valeurs = planifierReprise({
      parametres: dispositif.parametres,
      surcharges: decidees,
      ouverture: { ancienne: source.ouverture, nouvelle: ouverture },
      decalageMois,
      aujourdhui: aujourdhui(this.horloge),
      changees,
    });
    await this.surcharges.fixerPourAppel(em, contexte, { dispositif, appelId: id, motif, valeurs });
    return id;
  }
}

/** @throws Refus PARAMETRE_INCONNU, VALEUR_INVALIDE, DOUBLON, each at its place in the list */
function lireChangees(dispositif: Dispositif, donnees: DemandeDuplication['parametres']): ReadonlyMap<string, unknown> {
  const changees = new Map<string, unknown>();
  donnees.forEach(({ cle, valeur }, rang) => {
    const path = ['input', 'parametres', String(rang)];
    const parametre = exigerParametre(dispositif, cle, [...path, 'cle']);
    exigerValeur(parametre, valeur, [...path, 'valeur']);
    if (changees.has(cle)) {
      const message = `« ${parametre.options.libelle} » est donné deux fois.`;
      throw Refus.de('DOUBLON', message, { path: [...path, 'cle'], regle: 'TRANS-02' });
    }
    changees.set(cle, valeur);
  });
  return changees;
}

/** "Appel à projets … 2026" opened in 2027 is one of 2027. */
function pourLAnnee(libelle: string, avant: number, apres: number): string {
  return libelle.replaceAll(new RegExp(`\\b${avant}\\b`, 'g'), String(apres));
}
