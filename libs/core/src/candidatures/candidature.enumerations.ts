import { ROLES } from '@sillage/kernel';
import { enumerationGraphql } from '../api/index.js';
import { ETATS_CANDIDATURE } from './candidature.entity.js';

export const EtatCandidatureEnum = enumerationGraphql(
  ETATS_CANDIDATURE,
  'EtatCandidature',
  'Où en est une candidature.',
);
export const SensAvisEnum = enumerationGraphql(
  { FAVORABLE: 'Favorable', RESERVE: 'Réservé', DEFAVORABLE: 'Défavorable' },
  'SensAvis',
  'Le sens d’un avis territorial.',
);
export const SensDecisionEnum = enumerationGraphql(
  { RETENUE: 'La candidature est retenue', REJETEE: 'La candidature est rejetée' },
  'SensDecision',
  'Le sens de la décision du Département.',
);
const libellesRoles = Object.fromEntries(Object.entries(ROLES).map(([role, { libelle }]) => [role, libelle]));
export const RoleEnum = enumerationGraphql(libellesRoles, 'Role', 'Le rôle d’une habilitation.');
