"""The names that a drawing may use: elements and attributes of SVG, functions and rules of CSS."""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"

EDITORS = (
    "http://www.inkscape.org/namespaces/",
    "http://sodipodi.sourceforge.net/DTD/",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://purl.org/dc/",
    "http://ns.adobe.com/",
    "adobe:ns:meta/",
    "http://www.bohemiancoding.com/sketch/ns",
    "http://www.serif.com/",
    "http://www.figma.com/figma/ns",
    "http://xml.openoffice.org/svg/export",
    "https://boxy-svg.com",
    "http://www.corel.com/coreldraw/",
    "http://schemas.microsoft.com/visio/",
)
"""How the namespaces begin in which drawing programs keep their notes. No browser acts on them."""

ELEMENTS = _names(
    """
    a circle clipPath defs desc ellipse filter font font-face font-face-name font-face-src g glyph
    hkern image line linearGradient marker mask metadata missing-glyph path pattern polygon polyline
    radialGradient rect stop style svg switch symbol text textPath title tref tspan use view vkern
    feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting
    feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
    feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight
    feSpecularLighting feSpotLight feTile feTurbulence color-profile
    """
)
"""No element that runs, plays, embeds or animates."""

PICTURES = ("image", "feImage")
"""Elements that may hold a picture as a data: address."""

FREE_TEXT = _names(
    """
    id class lang title role version baseProfile requiredFeatures requiredExtensions systemLanguage
    target rel alt unicode glyph-name u1 u2 g1 g2 panose-1 type media contentScriptType
    contentStyleType color-interpolation data-name name docname enable-background tabindex
    focusable
    """
)
"""Attributes that no browser reads as a style or an address."""

ATTRIBUTES = _names(
    """
    accent-height alignment-baseline alphabetic amplitude arabic-form ascent azimuth baseFrequency
    baseline-shift bbox bias cap-height clip clip-path clip-rule clipPathUnits color
    color-interpolation-filters color-profile color-rendering cx cy d descent diffuseConstant
    direction display divisor dominant-baseline dx dy edgeMode elevation exponent fill fill-opacity
    fill-rule filter filterRes filterUnits flood-color flood-opacity font font-family
    font-feature-settings font-kerning font-size font-size-adjust font-stretch font-style
    font-variant font-variant-caps font-variant-east-asian font-variant-ligatures
    font-variant-numeric font-variation-settings font-weight fr fx fy glyph-orientation-horizontal
    glyph-orientation-vertical gradientTransform gradientUnits hanging height horiz-adv-x
    horiz-origin-x horiz-origin-y ideographic image-rendering in in2 inline-size intercept
    isolation k k1 k2 k3 k4 kernelMatrix kernelUnitLength kerning lengthAdjust letter-spacing
    lighting-color limitingConeAngle line-height marker marker-end marker-mid marker-start
    markerHeight markerUnits markerWidth mask mask-type maskContentUnits maskUnits mathematical
    method mix-blend-mode mode numOctaves offset opacity operator order orient orientation origin
    overflow overline-position overline-thickness paint-order pathLength patternContentUnits
    patternTransform patternUnits pointer-events points pointsAtX pointsAtY pointsAtZ
    preserveAlpha preserveAspectRatio primitiveUnits r radius refX refY rendering-intent result
    rotate rx ry scale seed shape-inside shape-padding shape-rendering shape-subtract side slope
    solid-color solid-opacity spacing specularConstant specularExponent spreadMethod startOffset
    stdDeviation stemh stemv stitchTiles stop-color stop-opacity strikethrough-position
    strikethrough-thickness stroke stroke-dasharray stroke-dashoffset stroke-linecap
    stroke-linejoin stroke-miterlimit stroke-opacity stroke-width style surfaceScale tableValues
    targetX targetY text-align text-anchor text-decoration text-overflow text-rendering
    text-transform textLength transform transform-box transform-origin underline-position
    underline-thickness unicode-bidi unicode-range units-per-em v-alphabetic v-hanging
    v-ideographic v-mathematical values vector-effect vert-adv-y vert-origin-x vert-origin-y
    viewBox viewTarget visibility white-space width widths word-spacing writing-mode x x-height x1
    x2 xChannelSelector y y1 y2 yChannelSelector z zoomAndPan
    """
)
"""No `on…`, nothing that names another file."""

FUNCTIONS = _names(
    """
    attr blur brightness calc circle clamp color color-mix contrast counter cubic-bezier
    drop-shadow ellipse format grayscale hsl hsla hue-rotate hwb inset invert is lab lang lch
    linear-gradient local matrix matrix3d max min not nth-child nth-last-child nth-of-type oklab
    oklch opacity path perspective polygon radial-gradient rgb rgba rotate rotate3d rotatex
    rotatey rotatez saturate scale scale3d scalex scaley scalez sepia skew skewx skewy steps
    translate translate3d translatex translatey translatez var where icc-color light-dark
    """
)
"""Functions of CSS that compute; those that load are looked at by themselves or on no list."""

AT_RULES = frozenset({"media", "supports", "font-face", "page", "layer"})
"""At-rules that load nothing."""
