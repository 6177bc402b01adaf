"""Handing out evidence to members: the picture to look at, the record byte for byte to keep."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from gensvar.desk.access import WorkspaceRequest, workspace_view
from gensvar.people.rules import Right
from gensvar.process.document.models import Capture


@require_GET
@workspace_view(Right.SEE)
def picture(request: WorkspaceRequest, pk: int) -> FileResponse:
    """The picture of a post as it stood."""
    capture = _find(request, pk)
    folder = Path(settings.MEDIA_ROOT).resolve()
    path = (folder / capture.picture).resolve()
    if not capture.picture or not path.is_relative_to(folder) or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type="image/png")
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response


@require_GET
@workspace_view(Right.SEE)
def record(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """The raw record as a file to save; never shown as a page, since what is in it is not ours."""
    capture = _find(request, pk)
    response = HttpResponse(bytes(capture.revision.raw), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="record-{capture.pk}-{capture.sha256[:12]}.bin"'
    return response


def _find(request: WorkspaceRequest, pk: int) -> Capture:
    rows = Capture.objects.select_related("revision")
    return get_object_or_404(rows, pk=pk, case__workspace=request.workspace)
