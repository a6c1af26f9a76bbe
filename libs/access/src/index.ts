export { SillageAccessModule } from './access.module.js';
export type { OptionsAcces } from './access.module.js';
export type { Acteur, ContexteActeur, Habilitation } from './acteur.js';
export { ChiffreIllisible } from './coffre/chiffre.js';
export type { CodeIllisible, Place } from './coffre/chiffre.js';
export { ClesMaitres } from './coffre/cles-maitres.js';
export { Coffre } from './coffre/coffre.js';
export type { AChiffrer, ADechiffrer, OptionsCoffre } from './coffre/coffre.js';
export { SillageCoffreModule } from './coffre/coffre.module.js';
export { colonneChiffree } from './coffre/colonne-chiffree.js';
export type { ColonneChiffree } from './coffre/colonne-chiffree.js';
export { ClesInaccessibles, exigerClesAccessibles } from './coffre/controle-des-cles.js';
export { reenvelopperCles } from './coffre/reenvelopper-cles.js';
export { renouvelerCle, RenouvellementInacheve } from './coffre/renouveler-cle.js';
export type { OptionsRenouvellement } from './coffre/renouveler-cle.js';
export { documentAcces } from './document-acces.js';
export { construireDroits, exigerDroit, habilitationsQuiPermettent, peut, refusIntrouvable } from './droits.js';
export type { Droits, ObjetProtege } from './droits.js';
export { fautesDesDroitsDispositifs } from './droits-dispositif.js';
export type { DroitDispositif } from './droits-dispositif.js';
export { conditionDesDroits, FiltreImpossible } from './filtre-sql.js';
export type { ColonneSql, Lier } from './filtre-sql.js';
export type { DemandeHabilitation } from './habilitations/controler-habilitation.js';
export {
  ENTITES_ACCES,
  HabilitationDispositifEntity,
  HabilitationEntity,
  HabilitationTerritoireEntity,
  UtilisateurEntity,
} from './habilitations/entites.js';
export { Habilitations } from './habilitations/habilitations.service.js';
export type { AuteurHabilitation } from './habilitations/habilitations.service.js';
export { ErreurIdentite } from './identite/erreur-identite.js';
export type { CodeIdentite } from './identite/erreur-identite.js';
export { Identite } from './identite/identite.js';
export type { OptionsIdentite } from './identite/identite.js';
export type { JournalIdentite } from './identite/journal-identite.js';
export { VerificateurDeJeton } from './identite/verificateur-de-jeton.js';
export type { IdentiteDuJeton, OptionsVerificateur } from './identite/verificateur-de-jeton.js';
export { peutVoirNominatif } from './masques.js';
export type { PorteeDroit } from './roles/declaration.js';
export { ACTIONS, SUJETS } from './vocabulaire.js';
export type { Action, ChampDroit, Sujet, SujetSocle } from './vocabulaire.js';
