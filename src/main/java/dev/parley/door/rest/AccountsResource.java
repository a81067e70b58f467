package dev.parley.door.rest;

import dev.parley.identity.AccountView;
import dev.parley.identity.Accounts;
import dev.parley.identity.IdentityRefused;
import dev.parley.identity.Logins;
import dev.parley.identity.Role;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The local accounts.
@Path("/accounts")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "accounts")
public class AccountsResource {
  @Inject Accounts accounts;
  @Inject Logins logins;
  @Inject Callers callers;
  @Context HttpServletRequest request;
  @Context HttpHeaders headers;

  /// A new account.
  public record NewAccount(String name, String displayName, String password, String role) {}

  /// What shall change; absent members stay.
  public record AccountChange(String displayName, String role, Boolean disabled) {}

  /// A new password.
  ///
  /// @param current the one of now, needed for one's own account
  public record PasswordBody(String password, String current) {}

  @GET
  @Operation(summary = "Lists the accounts")
  public List<AccountView> list() {
    callers.of(headers).mayAdminister();
    return accounts.list();
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Makes an account")
  public Response create(NewAccount body) throws IdentityRefused {
    callers.of(headers).mayAdminister();
    Bodies.require(body);
    Role role = Bodies.constant(Role.class, "role", body.role());
    AccountView made = accounts.create(body.name(), body.displayName(), body.password(), role);
    return Response.status(Response.Status.CREATED).entity(made).build();
  }

  @PATCH
  @Path("/{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Changes an account")
  public AccountView change(@PathParam("name") String name, AccountChange body)
      throws IdentityRefused {
    callers.of(headers).mayAdminister();
    Bodies.require(body);
    return accounts.change(
        name,
        body.displayName(),
        Bodies.constant(Role.class, "role", body.role()),
        body.disabled());
  }

  @DELETE
  @Path("/{name}")
  @Operation(summary = "Deletes an account")
  public void delete(@PathParam("name") String name) throws IdentityRefused {
    callers.of(headers).mayAdminister();
    accounts.delete(name);
  }

  @PUT
  @Path("/{name}/password")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Gives an account a new password; ends its logins")
  public void password(@PathParam("name") String name, PasswordBody body) throws IdentityRefused {
    Caller caller = callers.of(headers);
    Bodies.require(body);
    if (caller instanceof Caller.Person p && p.account().name().equals(name)) {
      // Whoever finds an unlocked screen shall not keep the account.
      logins.login(name, body.current(), Source.of(request.getRemoteAddr()));
    } else {
      caller.mayAdminister();
    }
    accounts.changePassword(name, body.password());
  }
}
