import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ListMembers, type OrganizationRef, PutMember, RemoveMember } from '#contracts';
import { Access, Audited, listPage, ListPageQuery, Organization, OrganizationPath } from '#platform';
import { PutMemberRequest } from './member.request.dto.ts';
import { MemberListResponse, MemberResponse } from './member.response.dto.ts';
import { SubjectParam } from './subject-param.ts';
import { SubjectPath } from './subject-path.ts';

@ApiTags('members')
@ApiBearerAuth()
@OrganizationPath()
@Controller('api/v1/org/:org/members')
export class OrganizationMembersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /** Members of the organization, by subject. */
  @Get()
  @Access('admin', { of: 'organization' })
  @ApiOperation({ operationId: 'list_members' })
  async list(@Organization() organization: OrganizationRef, @Query() page: ListPageQuery): Promise<MemberListResponse> {
    const { entries, total } = await this.queries.execute(new ListMembers(organization, page));
    return { members: [...entries], ...listPage(page, total) };
  }

  /**
   * Makes a person a member, or changes what they are. The body replaces what was known of them.
   *
   * 409 when it would take the role from the last owner.
   */
  @Put(':subject')
  @Access('admin', { of: 'organization' })
  @Audited('member.updated', { by: 'handler' })
  @SubjectPath()
  @ApiOperation({ operationId: 'put_member' })
  put(
    @Organization() organization: OrganizationRef,
    @Param('subject', SubjectParam) person: string,
    @Body() request: PutMemberRequest,
  ): Promise<MemberResponse> {
    return this.commands.execute(new PutMember(organization, person, request));
  }

  /** Removes the person and their roles in all workspaces; 409 for the last owner. */
  @Delete(':subject')
  @HttpCode(204)
  @Access('admin', { of: 'organization' })
  @Audited('member.removed', { by: 'handler' })
  @SubjectPath()
  @ApiOperation({ operationId: 'remove_member' })
  async remove(
    @Organization() organization: OrganizationRef,
    @Param('subject', SubjectParam) person: string,
  ): Promise<void> {
    await this.commands.execute(new RemoveMember(organization, person));
  }
}
