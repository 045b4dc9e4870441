import { CreatedKeyResponse } from '../key.response.dto.ts';
import { OrganizationResponse } from '../place.response.dto.ts';

export class CreatedOrganizationResponse extends OrganizationResponse {
  /** May do everything in the organization. Its secret is told this once. */
  first_key!: CreatedKeyResponse;
}
